"""The signature under what a hub brings (WebSub, section 7.1): an HMAC with the secret it has."""

import hmac
import re
from typing import Final, Self

#: What the Recommendation names. SHA-1 is among them, since most hubs sign with nothing else; an
#: HMAC with it is not broken, and all that a forged one would bring about is a reading.
_METHODS: Final = frozenset({"sha1", "sha256", "sha384", "sha512"})
_SHAPE: Final = re.compile(r"\s*([A-Za-z0-9]+)=([0-9A-Fa-f]+)\s*", re.ASCII)


class SignatureCheck:
    """Takes a body piece by piece, so that none has to be held in memory."""

    def __init__(self, method: str, given: str, secret: str) -> None:
        self._given = given.lower()
        self._digest = hmac.new(secret.encode(), digestmod=method)

    @classmethod
    def of(cls, header: str, secret: str) -> Self | None:
        """Return the check of `method=hexadecimal`; None for another shape or method."""
        found = _SHAPE.fullmatch(header)
        if found is None or found[1].lower() not in _METHODS:
            return None
        return cls(found[1].lower(), found[2], secret)

    def take(self, piece: bytes) -> None:
        self._digest.update(piece)

    def is_right(self) -> bool:
        """Compare in a time that tells nothing of how much was right."""
        return hmac.compare_digest(self._digest.hexdigest(), self._given)
