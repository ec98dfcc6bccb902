"""By which rules a body was read: what a profile says of articles, sections and labels.

A body that has not changed is read once more when the rules have, and a server is not asked then
whether it has changed. So the rules' mark stands before the body's hash in what is remembered.
"""

import hashlib
from dataclasses import replace
from typing import Final

from bot.domain.reading import SourceState, Validators
from bot.sources.profile import SiteProfile, SourceSpec

#: What of a profile decides how its sources are read.
_OF_PROFILE: Final = {"timezone", "article_url", "ignored_terms", "sections", "labels"}
_OF_SOURCE: Final = {"kind", "section", "selectors"}
#: What of a body is taken besides articles. A body that was read before that was so is read again.
_BESIDES: Final = "hub"
_LENGTH: Final = 16


def rules_mark(profile: SiteProfile, source: SourceSpec) -> str:
    """Return a mark that differs where the source would be read by other rules."""
    rules = profile.model_dump_json(include=_OF_PROFILE) + source.model_dump_json(
        include=_OF_SOURCE
    )
    return hashlib.sha256((rules + _BESIDES).encode()).hexdigest()[:_LENGTH]


def body_mark(rules: str, body: bytes) -> str:
    """Return what stands for a body that was read by these rules."""
    return f"{rules}-{hashlib.sha256(body).hexdigest()}"


def remembered(state: SourceState, rules: str) -> SourceState:
    """Return what still holds of the last reading, which may have been by other rules."""
    if (state.body_hash or "").startswith(f"{rules}-"):
        return state
    return replace(state, validators=Validators(), body_hash=None)
