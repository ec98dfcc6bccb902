"""Files that the bot uploads, as Telegram keeps them."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.photos import dimensions

#: What a bot may upload, and what it may download again.
MOST_BYTES: Final = 50 * 1024 * 1024
_MOST_TO_DOWNLOAD: Final = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came with a call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that is on the server, and can be sent again by its id."""

    file_id: str
    unique_id: str
    #: Behind `/file/bot<token>/`.
    path: str
    upload: Upload

    @property
    def size(self) -> int:
        return len(self.upload.content)

    def as_document(self) -> dict[str, Any]:
        """Return the Document of the Bot API."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.upload.name,
            "mime_type": self.upload.mime_type,
            "file_size": self.size,
        }

    def as_photo(self) -> list[dict[str, Any]]:
        """Return the PhotoSizes of the Bot API: the picture as it is; nothing is made smaller."""
        width, height = dimensions(self.upload.content)
        about = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        return [{**about, "width": width, "height": height, "file_size": self.size}]

    def as_file(self) -> dict[str, Any]:
        """Return the File of the Bot API; raises `Refusal` where it is too large to be fetched."""
        if self.size > _MOST_TO_DOWNLOAD:
            raise Refusal.bad_request("file is too big")
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
            "file_path": self.path,
        }


class Files:
    """Everything that was uploaded."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._stored: list[StoredFile] = []

    def store(self, upload: Upload, folder: str = "documents") -> StoredFile:
        """Keep an upload; raises `Refusal`."""
        if not upload.content:
            raise Refusal.bad_request("file must be non-empty")
        number = len(self._stored)
        ending = PurePosixPath(upload.name).suffix
        stored = StoredFile(
            file_id=f"BQACAgIAAxkDAAI{number:06}",
            unique_id=f"AgAD{number:06}",
            path=f"{folder}/file_{number}{ending}",
            upload=upload,
        )
        self._stored.append(stored)
        return stored

    def find(self, name: str) -> StoredFile | None:
        """Return the file that has this as its id, its unique id or its path."""
        names = ((one, (one.file_id, one.unique_id, one.path)) for one in self._stored)
        return next((one for one, known in names if name in known), None)
