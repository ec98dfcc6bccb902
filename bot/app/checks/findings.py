"""Findings by their verdict; what is not well has something to do about it."""

from bot.services.reports import Finding, Verdict


def ok(subject: str, text: str) -> Finding:
    return Finding(subject=subject, verdict=Verdict.OK, text=text)


def warning(subject: str, text: str, remedy: str) -> Finding:
    """Return that it works, and is hardly meant to be so, or will not work for long."""
    return Finding(subject=subject, verdict=Verdict.WARNING, text=text, remedy=remedy)


def failed(subject: str, text: str, remedy: str) -> Finding:
    return Finding(subject=subject, verdict=Verdict.FAILED, text=text, remedy=remedy)
