"""What administrators of the bot read: figures, the chart, sources."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "menu.admin": "Figures and sources, for administrators",
    "admin.title": "<b>How the bot is</b>",
    "admin.readers": (
        "<b>Readers</b>\n"
        "Active: {active} · Paused: {paused} · Retired: {retired}\n"
        "New within 7 days: {new}\n"
        "Private chats: {private} · Groups: {groups} · Channels: {channels}"
    ),
    "admin.articles": "<b>Articles</b>\nArchive: {articles} · Last 24 hours: {fresh}",
    "admin.deliveries": (
        "<b>Deliveries</b>\n"
        "Waiting: {owed} · Held: {held} · Due now: {due}\n"
        "Sent: {day} in 24 hours · {week} in 7 days\n"
        "In 7 days failed: {failed} · Maybe sent twice: {ambiguous}"
    ),
    "admin.overdue": "The oldest is due for {span}.",
    "admin.latency": (
        "<b>Latency of alerts at once, 24 hours</b>\nMedian: {median} · 95 of 100 within: {p95}"
    ),
    "admin.no-latency": "<b>Latency of alerts at once, 24 hours</b>\nThere was none.",
    "admin.sources": (
        "<b>Sources</b>\n"
        "Well: {well} · Failing: {failing} · Switched off: {off} · Not read yet: {unread}"
    ),
    "admin.about": "Dekbot {version}, running for {span}",
    "admin.to-chart": "Chart",
    "admin.to-sources": "Sources",
    "admin.refresh": "Refresh",
    "admin.to-broadcast": "Broadcast",
    "admin.back": "↩ All figures",
    "chart.title": "Alerts of the last {count} days",
    "chart.zone": "Days of {place}",
    "chart.sent": "Sent per day",
    "chart.latency": "From owed to sent, alerts at once",
    "chart.median": "Median",
    "chart.p95": "95 of 100 within",
    "chart.nothing": "Nothing was sent in these days.",
    "chart.no-latency": "No alert came at once in these days.",
    "chart.columns": "Each day: sent · median · 95 of 100 within",
    "chart.day": "{day}: {sent}",
    "chart.day-timed": "{day}: {sent} · {median} · {p95}",
    "chart.failed": "The chart could not be drawn. The figures are in the text.",
    "sources.title": "<b>Sources</b>",
    "sources.line": "{number}. {mark} {source}",
    "sources.back": "↩ All sources",
    "sources.kind-feed": "feed",
    "sources.kind-page": "section page",
    "sources.kind-wordpress": "WordPress",
    "sources.heading": "<b>{source}</b> ({kind})",
    "sources.new": "Not read yet.",
    "sources.well": "Well.",
    "sources.failing": "Failing since {moment}:\n{fault}",
    "sources.off": "Switched off since {moment}. Nobody is told of its faults.",
    "sources.read": "Last read: {moment}",
    "sources.next-reading": "Next reading: {moment}",
    "sources.usual": "Articles that it usually lists: {count}",
    "sources.read-now": "Read now",
    "sources.switch-off": "Switch off",
    "sources.switch-on": "Switch on",
    "sources.is-off": "It is switched off, and read no more.",
    "sources.is-on": "It is switched on, and read soon.",
    "sources.was-read": "Read. Articles: {count}, new: {new}, alerting: {alerts}.",
    "sources.was-first": "First reading. Articles stored: {count}; nobody is alerted.",
    "sources.was-unchanged": "Read. Nothing has changed there.",
    "sources.was-failed": "It failed. {fault}",
    "sources.refused-off": "It is switched off. Switch it on to have it read.",
    "sources.too-soon": "Too soon. It can be read again in {span}.",
    "sources.under-way": "It is being read just now.",
    "sources.takes-long": "The reading takes long, and goes on. Look again in a while.",
    "sources.fault": "It could not be read. The log tells why.",
}
