"""The methods that send files, and find them again."""

from typing import Any

from bot.demo.botapi.errors import Refusal
from bot.demo.botapi.formatting import captioned
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.photos import check_photo
from bot.demo.botapi.posting import posted
from bot.demo.botapi.stage import Stage
from bot.demo.botapi.uploads import StoredFile, Upload


async def send_document(stage: Stage, params: Parameters) -> dict[str, Any]:
    caption, entities = captioned(params, stage.world.registry.people)
    return await posted(stage, params, caption, entities, document=_file(stage, params, "document"))


async def send_photo(stage: Stage, params: Parameters) -> dict[str, Any]:
    caption, entities = captioned(params, stage.world.registry.people)
    photo = _file(stage, params, "photo")
    check_photo(photo.upload.content)
    return await posted(stage, params, caption, entities, photo=photo)


async def get_file(stage: Stage, params: Parameters) -> dict[str, Any]:
    found = stage.world.files.find(params.text("file_id"))
    if found is None:
        raise Refusal.bad_request("invalid file_id")
    return found.as_file()


def _file(stage: Stage, params: Parameters, kind: str) -> StoredFile:
    """Return the file of the call: uploaded with it, or by the id of one that was before."""
    if kind not in params:
        raise Refusal.bad_request(f"there is no {kind} in the request")
    given = params[kind]
    if isinstance(given, Upload):
        return stage.world.files.store(given, f"{kind}s")
    found = stage.world.files.find(str(given))
    if found is None:  # an address, too: the stand-in fetches nothing
        raise Refusal.bad_request("wrong file identifier/HTTP URL specified")
    return found
