"""What a press says in passing."""

from typing import Final

from bot.domain.matching import Stance
from bot.services.stances import Change
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip

#: Telegram takes 200 characters.
_LONGEST_NAME: Final = 80
_SET: Final = {Stance.FOLLOW: "toast.followed", Stance.MUTE: "toast.muted"}
_UNSET: Final = {Stance.FOLLOW: "toast.unfollowed", Stance.MUTE: "toast.unmuted"}


def changed_toast(texts: Texts, change: Change | None, before: Stance) -> str:
    """Return what became of a topic; `before` is the stance that may have been taken back."""
    if change is None:
        return texts.plain("toast.gone")
    stance = change.record.stance
    key = _SET[stance] if stance else _UNSET[before]
    return texts.plain(key, name=clip(clean(change.record.topic.name), _LONGEST_NAME))
