"""Holding alerts, having them again, and what was missed meanwhile."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "pause.ask": (
        "<b>Pause alerts?</b> Nothing is lost: what is published meanwhile waits here. You can also"
        " write <code>/pause 3d</code> or <code>/pause until monday</code>."
    ),
    "pause.done": (
        "<b>Alerts are paused.</b> Nothing is lost: what is published meanwhile waits here until"
        " you /resume."
    ),
    "pause.until": (
        "<b>Alerts are paused until {moment}.</b> Nothing is lost: what is published meanwhile"
        " comes then, or is offered to you when you /resume."
    ),
    "pause.how": (
        "Write how long, or until when: <code>/pause 12h</code>, <code>/pause 3d</code>,"
        " <code>/pause until monday</code>, <code>/pause until 18:00</code>; or <code>/pause</code>"
        " alone until you /resume."
    ),
    "pause.end": "Or end it by itself:",
    "pause.day": "1 day",
    "pause.days": "3 days",
    "pause.week": "1 week",
    "pause.monday": "Until Monday",
    "pause.open": "Until I resume",
    "pause.resume": "Resume now",
    "pause.toast": "Alerts are paused.",
    "resume.offer": {
        "one": "<b>Alerts are on again.</b> {count} article came meanwhile.",
        "other": "<b>Alerts are on again.</b> {count} articles came meanwhile.",
    },
    "resume.still": {
        "one": "Alerts are on already. {count} article from your last pause still waits.",
        "other": "Alerts are on already. {count} articles from your last pause still wait.",
    },
    "resume.send": {"one": "Send it", "other": "Send them"},
    "resume.skip": "Skip",
    "resume.nothing": "<b>Alerts are on again.</b> Nothing was missed.",
    "resume.running": "Alerts are on already.",
    "resume.toast": "Alerts are on.",
    "catch-up.sent": {
        "one": "{count} article is on its way.",
        "other": "{count} articles are on their way.",
    },
    "catch-up.skipped": {
        "one": "{count} article was skipped. It stays in the archive: /latest",
        "other": "{count} articles were skipped. They stay in the archive: /latest",
    },
    "catch-up.nothing": "Nothing is waiting any more.",
    "catch-up.paused": "Alerts are paused. Use /resume first.",
}
