"""One family of errors: whatever Dekbot raises on purpose is a `DekbotError`."""


class DekbotError(Exception):
    """Something went wrong that has a name; the docstring is the default message."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class ConfigurationError(DekbotError):
    """The configuration is wrong.

    Each fault is one line that says which value is meant, what is wrong and what would be right.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class DatabaseError(DekbotError):
    """The database cannot be used."""


class DamagedDatabaseError(DatabaseError):
    """The database's file is damaged, and no repetition helps."""


class BackupError(DekbotError):
    """A backup could not be made, or is none that can be used."""


class SourceError(DekbotError):
    """A source could not be read.

    `kind` is a short constant for the log (`http-404`, `timeout`, `not-a-feed` …);
    `retry_after` is how many seconds the server asked us to wait, if it said so.
    """

    def __init__(self, kind: str, message: str, *, retry_after: float | None = None) -> None:
        self.kind = kind
        self.retry_after = retry_after
        super().__init__(message)


class HubError(DekbotError):
    """A hub did not take a request.

    `retry_after` is how many seconds it asked us to wait, if it said so.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class ChartError(DekbotError):
    """The chart could not be drawn."""


class BotRefusedError(DekbotError):
    """Telegram refuses the bot itself (wrong token, or another process polls with it)."""
