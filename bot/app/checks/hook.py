"""Whether a publisher's calls are taken, and where."""

from bot.app.checks.findings import ok
from bot.services.reports import Finding
from bot.settings import Settings
from bot.settings.hook import HOOK_PATH


def hook(settings: Settings) -> Finding:
    """Tell where the hook is, and nothing of its secret."""
    if settings.hook_secret is None:
        return ok("hook", "off: DEKBOT_HOOK_SECRET lets a publisher tell of articles at once")
    where = f"{settings.web_host}:{settings.web_port}{HOOK_PATH}"
    return ok("hook", f"on: {where} takes calls that know the secret")
