"""How the Bot API refuses: status, wording and parameters."""

from http import HTTPStatus
from typing import Any, Final, Self

_PREFIXES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
}


class Refusal(Exception):  # noqa: N818 - a refusal is what the Bot API answers, not a fault of ours
    """An answer with `"ok": false`; the HTTP status equals the error code."""

    def __init__(self, code: int, message: str = "", **parameters: int) -> None:
        super().__init__(code, message)
        self.code, self.message, self.parameters = code, message, parameters

    @classmethod
    def bad_request(cls, message: str, **parameters: int) -> Self:
        return cls(HTTPStatus.BAD_REQUEST, message, **parameters)

    @classmethod
    def forbidden(cls, message: str) -> Self:
        return cls(HTTPStatus.FORBIDDEN, message)

    @classmethod
    def conflict(cls, message: str) -> Self:
        return cls(HTTPStatus.CONFLICT, message)

    @classmethod
    def too_many(cls, retry_after: int) -> Self:
        message = f"retry after {retry_after}"
        return cls(HTTPStatus.TOO_MANY_REQUESTS, message, retry_after=retry_after)

    @property
    def description(self) -> str:
        """Prefix and message, as Telegram words them."""
        prefix = _PREFIXES.get(self.code) or HTTPStatus(self.code).phrase
        return f"{prefix}: {_lowered(self.message)}" if self.message else prefix

    @property
    def headers(self) -> dict[str, str]:
        retry_after = self.parameters.get("retry_after")
        return {} if retry_after is None else {"Retry-After": str(retry_after)}

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": int(self.code),
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def _lowered(message: str) -> str:
    """Lower the first letter, unless the word is a code such as `TOPIC_CLOSED`."""
    second = message[1:2]
    if second == "_" or second.isupper():
        return message
    return message[:1].lower() + message[1:]
