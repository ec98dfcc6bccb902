"""How updates come: fetched, or brought to a webhook."""

from urllib.parse import urlsplit

from bot.app.checks.findings import ok, warning
from bot.domain.reachability import WebhookReport
from bot.services.reports import Finding

_SUBJECT = "updates"


def updates(report: WebhookReport, wanted: str | None, *, is_running: bool) -> Finding:
    """Judge where Telegram brings updates; `wanted` is the webhook of the settings, if one is.

    A webhook keeps updates from whoever fetches them.
    """
    if wanted is not None:
        return _brought(report, wanted, is_running=is_running)
    if not report.url:
        return ok(_SUBJECT, f"are fetched; {report.waiting} are waiting")
    text = f"Telegram brings them to {_host(report.url)}; {report.waiting} are waiting there"
    if is_running:
        return warning(_SUBJECT, text, "stop the program that set it, and start Dekbot again")
    remedy = "dekbot run takes it away; stop the program that set it first"
    return warning(_SUBJECT, text, remedy)


def _brought(report: WebhookReport, wanted: str, *, is_running: bool) -> Finding:
    host = _host(wanted)
    if report.url == wanted:
        text = f"are brought to {host}; {report.waiting} are waiting"
        if not (report.waiting and report.failure):
            return ok(_SUBJECT, text)
        text = f"{text}, and Telegram last met: {report.failure}"
        remedy = "look whether the address leads to DEKBOT_WEB_PORT from outside"
        return warning(_SUBJECT, text, remedy) if is_running else ok(_SUBJECT, text)
    where = f"brought to {_host(report.url)}" if report.url else "fetched"
    text = f"are {where}, not brought to {host}; {report.waiting} are waiting"
    if is_running:
        return warning(_SUBJECT, text, "stop the program that changed it, and start Dekbot again")
    return ok(_SUBJECT, f"{text}; dekbot run sets it")


def _host(url: str) -> str:
    """Return no more of an address than may be told: many programs put their token into it."""
    return urlsplit(url).hostname or "?"
