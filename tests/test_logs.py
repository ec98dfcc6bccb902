import json
import logging
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import quote

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.redaction import redact
from bot.logs import configure_logging

TOKEN = "123456789:AAExampleExampleExampleExample_-1234"
HIDDEN_PART = "ExampleExample"
FORMATS = ["console", "json"]

log = structlog.get_logger("dekbot.test")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logger.level for name, logger in _loggers().items()}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, logger in _loggers().items():
        logger.setLevel(levels.get(name, logging.NOTSET))
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def _loggers() -> dict[str, logging.Logger]:
    known = logging.Logger.manager.loggerDict.items()
    return {name: logger for name, logger in known if isinstance(logger, logging.Logger)}


@pytest.fixture
def stream() -> StringIO:
    return StringIO()


def test_an_event_is_one_json_object_with_named_fields(stream: StringIO) -> None:
    configure_logging("INFO", "json", stream=stream)
    before = datetime.now(UTC)

    with structlog.contextvars.bound_contextvars(source="feed"):
        log.info("source_read", teasers=3, name="외교 · é")

    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    moment = datetime.fromisoformat(event.pop("timestamp"))
    assert event == {
        "event": "source_read",
        "level": "info",
        "logger": "dekbot.test",
        "name": "외교 · é",
        "source": "feed",
        "teasers": 3,
    }
    assert moment.utcoffset() is not None
    assert before <= moment <= datetime.now(UTC)


def test_a_console_event_is_one_plain_line_where_no_terminal_reads_it(stream: StringIO) -> None:
    configure_logging("INFO", "console", stream=stream)

    log.info("source_read", teasers=3)

    (line,) = stream.getvalue().splitlines()
    assert "source_read" in line
    assert "teasers=3" in line
    assert "\x1b" not in line


@pytest.mark.parametrize("log_format", FORMATS)
def test_events_below_the_level_are_left_out(stream: StringIO, log_format: str) -> None:
    configure_logging("WARNING", log_format, stream=stream)

    log.info("left_out")
    logging.getLogger("telegram").info("left_out")
    log.warning("kept")

    assert "left_out" not in stream.getvalue()
    assert "kept" in stream.getvalue()


@pytest.mark.parametrize("name", ["telegram.ext", "aiohttp.server", "asyncio", "anything"])
def test_other_libraries_events_come_the_same_way(stream: StringIO, name: str) -> None:
    configure_logging("INFO", "json", stream=stream)

    with structlog.contextvars.bound_contextvars(chat=7):
        logging.getLogger(name).info("got %d %s", 2, "updates")

    event = json.loads(stream.getvalue())
    del event["timestamp"]
    assert event == {"event": "got 2 updates", "level": "info", "logger": name, "chat": 7}


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "apscheduler.scheduler"])
def test_libraries_that_tell_of_every_request_or_job_are_kept_short(
    stream: StringIO, level: str, name: str
) -> None:
    configure_logging(level, "json", stream=stream)

    logging.getLogger(name).info("HTTP Request")
    logging.getLogger(name).warning("trouble")

    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["trouble"]


def test_a_second_call_takes_the_place_of_the_first(stream: StringIO) -> None:
    configure_logging("INFO", "json", stream=stream)
    second = StringIO()
    configure_logging("INFO", "json", stream=second)

    log.info("told_once")

    assert stream.getvalue() == ""
    assert len(second.getvalue().splitlines()) == 1


def test_warnings_are_events(stream: StringIO) -> None:
    configure_logging("INFO", "json", stream=stream)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"careful with {TOKEN}", stacklevel=1)

    assert "careful with …" in json.loads(stream.getvalue())["event"]


@pytest.mark.parametrize("log_format", FORMATS)
@pytest.mark.parametrize("written", [TOKEN, quote(TOKEN, safe=""), quote(TOKEN).lower()])
def test_no_line_holds_a_token(stream: StringIO, log_format: str, written: str) -> None:
    configure_logging("INFO", log_format, stream=stream)

    log.warning(
        "refused", url=f"https://api.telegram.org/bot{written}/getMe", deep=[{"t": written}]
    )
    logging.getLogger("aiohttp.client").warning("POST /bot%s/sendMessage", written)

    assert HIDDEN_PART.lower() not in stream.getvalue().lower()
    assert "/bot…/getMe" in stream.getvalue()
    assert "/bot…/sendMessage" in stream.getvalue()


def fail_twice(url: str) -> None:
    try:
        raise ConnectionError(f"cannot reach {url}")  # noqa: TRY301 - a chain is the point
    except ConnectionError as error:
        raise RuntimeError(url) from error


@pytest.mark.parametrize("log_format", FORMATS)
def test_no_traceback_holds_a_token(stream: StringIO, log_format: str) -> None:
    configure_logging("INFO", log_format, stream=stream)
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"

    try:
        fail_twice(url)
    except RuntimeError:
        log.exception("failed", url=url)
        logging.getLogger("telegram").exception("failed too")

    told = stream.getvalue()
    assert HIDDEN_PART not in told
    assert told.count("Traceback (most recent call last)") == 4
    assert told.count("ConnectionError: cannot reach https://api.telegram.org/bot…/getMe") == 2


@pytest.mark.parametrize("log_format", FORMATS)
@pytest.mark.parametrize("secret", ["hunter2", 'pass "word" é', "a/b+c=="])
def test_no_line_holds_a_configured_secret(stream: StringIO, log_format: str, secret: str) -> None:
    configure_logging("INFO", log_format, secrets=[secret], stream=stream)

    log.info("called", url=f"https://x/?key={quote(secret, safe='')}", text=f"it is {secret}")

    assert secret not in stream.getvalue()
    assert quote(secret, safe="") not in stream.getvalue()
    assert json.dumps(secret)[1:-1] not in stream.getvalue()
    assert "it is …" in stream.getvalue()


def test_the_log_goes_to_standard_error_unless_told_otherwise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging()

    log.info("told")

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "told" in captured.err


@given(
    before=st.text(),
    number=st.integers(10_000, 10**12),
    key=st.text("abcXYZ019_-", min_size=20, max_size=50),
    colon=st.sampled_from([":", "%3A", "%3a"]),
)
def test_redaction_hides_any_token_in_any_text(
    before: str, number: int, key: str, colon: str
) -> None:
    redacted = redact(f"{before}{number}{colon}{key} after")

    assert f"{colon}{key}" not in redacted
    assert redacted.endswith("… after")


@given(st.text(alphabet=st.characters(exclude_characters=":%")))
def test_redaction_leaves_a_text_without_secrets_alone(text: str) -> None:
    assert redact(text) == text
