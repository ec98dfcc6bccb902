"""What whoever set a group, a forum topic or a channel up is told of it."""

from typing import Final

from bot.domain.notice import NoticeKind
from bot.domain.subscriber import Address, ChatKind, Subscriber
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, bold
from bot.texts.letter import Button, Call, Letter

_LONGEST_NAME: Final = 80
_KEYS: Final = {
    NoticeKind.SILENCED: "notice.silenced",
    NoticeKind.CLOSED: "notice.closed",
    NoticeKind.DELETED: "notice.deleted",
    NoticeKind.REMOVED: "notice.removed",
    NoticeKind.MOVED: "notice.moved",
}


def notice_letter(
    kind: NoticeKind, about: Subscriber, held: int, language: str, *, to: Address
) -> Letter:
    """Return the message to the chat `to`; `held` is how many alerts wait to be asked for."""
    texts = Texts(language)
    place = place_name(about, texts)
    if kind is NoticeKind.OFFERED:
        return _offer(texts, about, place, held, to)
    key = _KEYS[kind]
    if kind is NoticeKind.SILENCED and about.kind is ChatKind.CHANNEL:
        key = "notice.silenced-channel"
    return Letter(html=texts.t(key, place=place))


def place_name(about: Subscriber, texts: Texts) -> Html:
    """Return what the place is called, in bold."""
    name = isolated(clip(clean(about.name), _LONGEST_NAME))
    return bold(name or texts.plain("notice.unnamed"))


def _offer(texts: Texts, about: Subscriber, place: Html, held: int, to: Address) -> Letter:
    """Return the offer of what grew old while the chat did not let the bot write."""
    here = to == about.address
    on = None if here else about.id
    html = texts.n("notice.offer" if here else "notice.offer-there", held, place=place)
    answers = {
        "send": texts.plain("resume.send", count=held),
        "skip": texts.plain("resume.skip"),
    }
    row = tuple(
        Button(text=text, call=Call(action="catch-up", arguments=(answer,), on=on))
        for answer, text in answers.items()
    )
    return Letter(html=html, rows=(row,))
