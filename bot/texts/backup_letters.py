"""What administrators read of backups."""

from datetime import datetime, tzinfo

from bot.texts.catalogue import Texts
from bot.texts.dates import format_moment
from bot.texts.letter import Letter


def backups_fail_letter(fault: str, since: datetime, zone: tzinfo, language: str) -> Letter:
    """Return word that backups fail; the fault is in the operator's terms."""
    moment = format_moment(since, zone, language)
    return Letter(html=Texts(language).t("backup.failing", fault=fault, since=moment))


def backups_work_letter(since: datetime, zone: tzinfo, language: str) -> Letter:
    moment = format_moment(since, zone, language)
    return Letter(html=Texts(language).t("backup.back", since=moment))
