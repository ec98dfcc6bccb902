"""What the secret of a publisher's calls may be."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, SecretStr

#: The route on the web side.
HOOK_PATH: Final = "/hooks/published"
#: What may stand behind `Authorization: Bearer` (RFC 6750, section 2.1), and is too long to guess.
_SECRET: Final = re.compile(r"(?=.{16,256}\Z)[A-Za-z0-9._~+/-]+=*")


def _check_secret(secret: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError("the value is not a secret that a header can carry, or is too short")
    return secret


HookSecret = Annotated[SecretStr, AfterValidator(_check_secret)]
