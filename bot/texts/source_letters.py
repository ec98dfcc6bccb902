"""What administrators read of a source in trouble."""

from datetime import datetime, tzinfo

from bot.texts.catalogue import Texts
from bot.texts.dates import format_moment
from bot.texts.letter import Letter


def failing_letter(source: str, fault: str, since: datetime, zone: tzinfo, language: str) -> Letter:
    """Return word that the source has failed for an hour; the fault is in the operator's terms."""
    moment = format_moment(since, zone, language)
    texts = Texts(language)
    return Letter(html=texts.t("source.failing", source=source, fault=fault, since=moment))


def back_letter(source: str, since: datetime, zone: tzinfo, language: str) -> Letter:
    moment = format_moment(since, zone, language)
    return Letter(html=Texts(language).t("source.back", source=source, since=moment))
