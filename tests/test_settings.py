import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.domain.errors import ConfigurationError
from bot.settings import Settings, load_settings

TOKEN = "123456789:AAExampleExampleExampleExample_-1234"
HOOK = "Only.the~publisher+and/I="

SetVariables = Callable[..., None]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, which is empty; none of our variables is set."""
    for name in [name for name in os.environ if name.upper().startswith("DEKBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def set_variables(monkeypatch: pytest.MonkeyPatch) -> SetVariables:
    def set_them(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"DEKBOT_{name}", value)

    return set_them


def faults() -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    return caught.value.faults


def test_without_any_variable_the_defaults_hold() -> None:
    settings = load_settings()

    assert settings.model_dump() == Settings().model_dump()
    assert settings.bot_token is None
    assert (settings.site, settings.send_rate) == ("nknews", 28)
    assert settings.database_url == "sqlite+aiosqlite:///data/dekbot.db"
    assert settings.max_alert_age == timedelta(hours=24)
    assert settings.poll_interval is None


def test_every_setting_is_read_from_the_environment(set_variables: SetVariables) -> None:
    set_variables(
        BOT_TOKEN=f" {TOKEN} ",
        SITE="sites/mine.toml",
        DATABASE_URL="sqlite+aiosqlite:///elsewhere.db",
        TELEGRAM_API_URL="http://127.0.0.1:8081/",
        ADMIN_IDS=" 42, -1001234567890,42",
        SEND_RATE="12.5",
        POLL_INTERVAL="90s",
        ADAPTIVE_POLLING=" no",
        MAX_ALERT_AGE="30d",
        BACKUP_FOLDER="/backups",
        BACKUP_INTERVAL="6h",
        BACKUP_KEEP="3",
        KEEP_DELIVERIES="60d",
        KEEP_ARTICLES="730d",
        LOG_LEVEL="debug",
        LOG_FORMAT="JSON",
        WEB_HOST="192.0.2.1",
        WEB_PORT="80",
        PUBLIC_URL="https://bot.example.org/dekbot/",
        WEBHOOK_URL="https://bot.example.org:8443/telegram/1",
        WEBHOOK_SECRET=" Tell_no-1 ",
        HOOK_SECRET=" Only.the~publisher+and/I= ",
        CONTACT="desk@example.org",
    )

    settings = load_settings()

    assert settings.secrets == (TOKEN, "Tell_no-1", "Only.the~publisher+and/I=")
    assert settings.model_dump(exclude={"bot_token", "webhook_secret", "hook_secret"}) == {
        "site": "sites/mine.toml",
        "database_url": "sqlite+aiosqlite:///elsewhere.db",
        "telegram_api_url": "http://127.0.0.1:8081",
        "admin_ids": (42, -1001234567890),
        "send_rate": 12.5,
        "poll_interval": timedelta(seconds=90),
        "adaptive_polling": False,
        "max_alert_age": timedelta(days=30),
        "backup_folder": Path("/backups"),
        "backup_interval": timedelta(hours=6),
        "backup_keep": 3,
        "keep_deliveries": timedelta(days=60),
        "keep_articles": timedelta(days=730),
        "log_level": "DEBUG",
        "log_format": "json",
        "web_host": "192.0.2.1",
        "web_port": 80,
        "public_url": "https://bot.example.org/dekbot",
        "webhook_url": "https://bot.example.org:8443/telegram/1",
        "contact": "desk@example.org",
    }


def test_overrides_count_more_than_the_environment_and_that_more_than_the_file(
    folder: Path, set_variables: SetVariables
) -> None:
    (folder / ".env").write_text("DEKBOT_SITE=file\nDEKBOT_SEND_RATE=1\nDEKBOT_CONTACT=a@b.c\n")
    set_variables(SITE="environment", SEND_RATE="2")

    settings = load_settings(site="override")

    assert (settings.site, settings.send_rate, settings.contact) == ("override", 2, "a@b.c")


def test_an_empty_variable_is_as_good_as_none(folder: Path, set_variables: SetVariables) -> None:
    (folder / ".env").write_text("DEKBOT_BOT_TOKEN=\nDEKBOT_BOT_TOKEN_FILE=\nDEKBOT_CONTACT=\n")
    set_variables(SEND_RATE="", POLL_INTERVAL="")

    assert load_settings().model_dump() == Settings().model_dump()


def test_other_programs_variables_in_the_file_are_none_of_our_business(folder: Path) -> None:
    (folder / ".env").write_text("# mine\nexport POSTGRES_PASSWORD='x y'\n\nDEKBOT_SITE=a\n")

    assert load_settings().site == "a"


@pytest.mark.parametrize(
    ("name", "value", "wrong", "right"),
    [
        ("BOT_TOKEN", "12345:short", "does not look like a bot token", "@BotFather"),
        ("SITE", "  ", "cannot be used", "profile"),
        ("DATABASE_URL", "data/dekbot.db", "'data/dekbot.db'", "sqlite+aiosqlite:///"),
        ("TELEGRAM_API_URL", "telegram.org", "'telegram.org'", "https://api.telegram.org"),
        ("TELEGRAM_API_URL", "https://[", "is no web address", "https://api.telegram.org"),
        ("TELEGRAM_API_URL", "http://a:99999", "is no web address", "https://api.telegram.org"),
        ("TELEGRAM_API_URL", "http://a b", "is no web address", "https://api.telegram.org"),
        ("ADMIN_IDS", "42,ada", "'ada' is no chat id", "chat ids with commas"),
        ("ADMIN_IDS", "42;43", "'42;43' is no chat id", "chat ids with commas"),
        ("ADMIN_IDS", "0", "'0' is no chat id", "chat ids with commas"),
        ("ADMIN_IDS", "42,", "'' is no chat id", "chat ids with commas"),
        ("SEND_RATE", "fast", "'fast'", "above 0"),
        ("SEND_RATE", "0", "'0'", "above 0"),
        ("SEND_RATE", "1001", "'1001'", "at most 1000"),
        ("SEND_RATE", "nan", "'nan'", "a number"),
        ("POLL_INTERVAL", "5", "'5' is no duration", "5m"),
        ("POLL_INTERVAL", "0s", "'0s'", "above 0"),
        ("ADAPTIVE_POLLING", "often", "'often'", "yes or no"),
        ("MAX_ALERT_AGE", "1y", "'1y' is no duration", "24h"),
        ("BACKUP_INTERVAL", "30s", "'30s'", "at least 1m"),
        ("BACKUP_KEEP", "0", "'0'", "from 1 to 10000"),
        ("KEEP_DELIVERIES", "1d", "'1d'", "at least 7d"),
        ("KEEP_ARTICLES", "forever", "'forever' is no duration", "at least 30d"),
        ("LOG_LEVEL", "loud", "'LOUD'", "DEBUG, INFO"),
        ("LOG_FORMAT", "xml", "'xml'", "console or json"),
        ("PUBLIC_URL", "bot.example.org", "is no web address", "https://bot.example.org"),
        ("PUBLIC_URL", "https://me:pw@a", "a name or password", "https://bot.example.org"),
        ("PUBLIC_URL", "https://a/?x", "more in it than", "https://bot.example.org"),
        ("WEBHOOK_URL", "bot.example.org", "is no web address", "https://bot.example.org"),
        ("WEBHOOK_URL", "https://:443/x", "is no web address", "https://bot.example.org"),
        ("WEBHOOK_URL", "https://[", "is no web address", "https://bot.example.org"),
        ("WEBHOOK_URL", "https://a:0/x", "is no web address", "https://bot.example.org"),
        ("WEBHOOK_URL", "https://me:pw@a/x", "a name or password", "https://bot.example.org"),
        ("WEBHOOK_URL", "https://a/x?y=1", "more in it than", "https://bot.example.org"),
        ("WEBHOOK_URL", "https://a/{x}", "more in it than", "https://bot.example.org"),
        ("WEBHOOK_URL", "https://a//x", "more in it than", "https://bot.example.org"),
        ("WEBHOOK_URL", "https://a/b c", "more in it than", "https://bot.example.org"),
        ("WEBHOOK_URL", "http://a/x", "'http://a/x' is not encrypted", "https://"),
        ("WEBHOOK_URL", "https://a:8080/x", "does not call port 8080", "443, 80, 88, 8443"),
        ("WEBHOOK_SECRET", "a+b", "not a secret that Telegram takes", "A-Z, a-z, 0-9, _ and -"),
        ("WEBHOOK_SECRET", "a" * 257, "not a secret that Telegram takes", "1 to 256"),
        ("WEBHOOK_SECRET", "hush", "set without DEKBOT_WEBHOOK_URL", "both of them or neither"),
        ("HOOK_SECRET", "short-to-guess!", "is not a secret that a header", "16 to 256 of A-Z"),
        ("HOOK_SECRET", "a" * 15, "is too short", "16 to 256 of A-Z"),
        ("HOOK_SECRET", "a" * 257, "is not a secret that a header", "16 to 256 of A-Z"),
        ("HOOK_SECRET", "sixteen of them, and no token", "a header can carry", "16 to 256 of A-Z"),
        ("CONTACT", "me", "'me'", "a mail address"),
        ("CONTACT", "a@b\nHost: evil", "is no web address", "a mail address"),
    ],
)
def test_a_wrong_value_is_one_line_with_variable_fault_and_remedy(
    set_variables: SetVariables, name: str, value: str, wrong: str, right: str
) -> None:
    set_variables(**{name: value})

    (fault,) = faults()

    assert fault.startswith(f"DEKBOT_{name}: ")
    assert wrong in fault
    assert right in fault
    assert "\n" not in fault


def test_all_faults_are_told_together(folder: Path, set_variables: SetVariables) -> None:
    (folder / ".env").write_text("DEKBOT_SITES=x\n")
    set_variables(SEND_RATE="fast", LOG_FORMAT="xml", BOT_TOKEN_FILE=str(folder / "none"))

    variables = sorted(fault.partition(":")[0] for fault in faults())

    assert variables == [
        "DEKBOT_BOT_TOKEN_FILE",
        "DEKBOT_LOG_FORMAT",
        "DEKBOT_SEND_RATE",
        "DEKBOT_SITES",
    ]


def test_a_webhook_on_a_port_that_is_not_served_is_a_fault(set_variables: SetVariables) -> None:
    set_variables(WEBHOOK_URL="https://bot.example.org/telegram", WEB_PORT="0")

    (fault,) = faults()

    assert fault.startswith("DEKBOT_WEB_PORT: 0 serves nothing, but DEKBOT_WEBHOOK_URL is set")


def test_a_public_address_without_a_port_that_is_served_is_a_fault(
    set_variables: SetVariables,
) -> None:
    set_variables(PUBLIC_URL="https://bot.example.org", WEB_PORT="0")

    (fault,) = faults()

    assert fault.startswith("DEKBOT_WEB_PORT: 0 serves nothing, but DEKBOT_PUBLIC_URL is set")


def test_a_hook_on_a_port_that_is_not_served_is_a_fault(set_variables: SetVariables) -> None:
    set_variables(HOOK_SECRET=HOOK, WEB_PORT="0")

    (fault,) = faults()

    assert fault.startswith("DEKBOT_WEB_PORT: 0 serves nothing, but DEKBOT_HOOK_SECRET is set")
    assert HOOK not in fault


def test_telegram_cannot_be_told_to_call_where_a_publisher_does(
    set_variables: SetVariables,
) -> None:
    set_variables(WEBHOOK_URL="https://bot.example.org/hooks/published")
    alone = load_settings()
    set_variables(HOOK_SECRET=HOOK)
    (fault,) = faults()

    assert alone.webhook_url
    assert fault.startswith("DEKBOT_WEBHOOK_URL: /hooks/published is where a publisher calls")


def test_a_hook_s_secret_may_stand_in_a_file(folder: Path, set_variables: SetVariables) -> None:
    (folder / "secret").write_text(f"{HOOK}\n")
    set_variables(HOOK_SECRET_FILE=str(folder / "secret"))

    assert load_settings().secrets == (HOOK,)


def test_what_does_not_go_together_is_told_beside_what_is_wrong_by_itself(
    set_variables: SetVariables,
) -> None:
    set_variables(WEBHOOK_URL="http://bot.example.org/", WEB_PORT="0", SEND_RATE="fast")

    variables = sorted(fault.partition(":")[0] for fault in faults())

    assert variables == ["DEKBOT_SEND_RATE", "DEKBOT_WEBHOOK_URL", "DEKBOT_WEB_PORT"]


def test_what_is_wrong_by_itself_is_told_once(set_variables: SetVariables) -> None:
    set_variables(WEBHOOK_URL="bot.example.org", WEBHOOK_SECRET="hush", WEB_PORT="0")

    (fault,) = faults()

    assert fault.startswith("DEKBOT_WEBHOOK_URL: ")


def test_a_bot_api_server_of_ones_own_calls_without_https_and_at_any_port(
    set_variables: SetVariables,
) -> None:
    set_variables(WEBHOOK_URL="http://127.0.0.1:9/x", TELEGRAM_API_URL="http://127.0.0.1:8081")

    assert load_settings().webhook_url == "http://127.0.0.1:9/x"


def test_a_webhooks_secret_may_stand_in_a_file_and_a_wrong_one_is_told_under_its_name(
    folder: Path, set_variables: SetVariables
) -> None:
    (folder / "secret").write_text("hush\n")
    set_variables(WEBHOOK_SECRET_FILE=str(folder / "secret"))
    (alone,) = faults()
    set_variables(WEBHOOK_URL="https://bot.example.org/telegram")
    settings = load_settings()
    (folder / "secret").write_text("h u s h\n")
    (wrong,) = faults()

    assert settings.secrets == ("hush",)
    assert alone.startswith("DEKBOT_WEBHOOK_SECRET_FILE: is set without DEKBOT_WEBHOOK_URL")
    assert wrong.startswith("DEKBOT_WEBHOOK_SECRET_FILE: the value is not a secret")
    assert "h u s h" not in wrong


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("SITES", "did you mean DEKBOT_SITE?"),
        ("TOKEN", "did you mean DEKBOT_BOT_TOKEN?"),
        ("COFFEE_MACHINE_COLOUR", "see .env.example"),
    ],
)
def test_an_unknown_variable_is_a_fault_with_a_hint(
    set_variables: SetVariables, name: str, hint: str
) -> None:
    set_variables(**{name: "1"})

    (fault,) = faults()

    assert fault == f"DEKBOT_{name}: there is no such setting; {hint}" + (
        "" if hint.endswith("?") else " for those there are"
    )


def test_the_token_may_stand_in_a_file(folder: Path, set_variables: SetVariables) -> None:
    (folder / "secret").write_text(f"{TOKEN}\n")
    set_variables(BOT_TOKEN_FILE=str(folder / "secret"))

    assert load_settings().secrets == (TOKEN,)


def test_token_and_token_file_together_are_a_fault(
    folder: Path, set_variables: SetVariables
) -> None:
    (folder / ".env").write_text(f"DEKBOT_BOT_TOKEN={TOKEN}\n")
    set_variables(BOT_TOKEN_FILE="anywhere")

    assert faults() == (
        "DEKBOT_BOT_TOKEN_FILE: DEKBOT_BOT_TOKEN is set as well; expected only one of the two",
    )


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"\xff\xfe\x00", "cannot be read (not in UTF-8)"),
        (b"not a token\n", "does not look like a bot token; expected the token"),
        (f"{TOKEN}\n{TOKEN}\n".encode(), "does not look like a bot token; expected the token"),
    ],
)
def test_a_token_file_without_a_token_is_a_fault(
    folder: Path, set_variables: SetVariables, content: bytes | None, wrong: str
) -> None:
    if content is not None:
        (folder / "secret").write_bytes(content)
    set_variables(BOT_TOKEN_FILE=str(folder / "secret"))

    (fault,) = faults()

    assert fault.startswith("DEKBOT_BOT_TOKEN_FILE: ")
    assert wrong in fault


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n", " \n"])
def test_what_an_editor_leaves_behind_the_token_does_not_count(
    folder: Path, set_variables: SetVariables, end: str
) -> None:
    (folder / "secret").write_bytes(f"{TOKEN}{end}".encode())
    set_variables(BOT_TOKEN_FILE=str(folder / "secret"))

    assert load_settings().secrets == (TOKEN,)


def test_a_folder_in_the_place_of_the_token_file_is_a_fault(
    folder: Path, set_variables: SetVariables
) -> None:
    set_variables(BOT_TOKEN_FILE=str(folder))

    (fault,) = faults()

    assert fault.startswith(f"DEKBOT_BOT_TOKEN_FILE: {folder} cannot be read (Is a directory)")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_token_file_that_may_not_be_read_is_a_fault(
    folder: Path, set_variables: SetVariables
) -> None:
    (folder / "secret").write_text(TOKEN)
    (folder / "secret").chmod(0)
    set_variables(BOT_TOKEN_FILE=str(folder / "secret"))

    (fault,) = faults()

    assert "cannot be read (Permission denied)" in fault


def test_a_token_given_by_the_caller_makes_the_file_irrelevant(
    set_variables: SetVariables,
) -> None:
    set_variables(BOT_TOKEN_FILE="nowhere")

    assert load_settings(bot_token=TOKEN).secrets == (TOKEN,)


def test_a_line_of_the_file_that_makes_no_sense_is_a_fault(folder: Path) -> None:
    (folder / ".env").write_text("DEKBOT_SITE=a\n\n\n'oops\nDEKBOT_CONTACT\n")

    assert faults() == (
        ".env, line 4: makes no sense; expected NAME=value, or # and a comment",
        ".env, line 5: makes no sense; expected NAME=value, or # and a comment",
    )


def test_a_file_in_another_encoding_is_a_fault(folder: Path) -> None:
    (folder / ".env").write_bytes("DEKBOT_CONTACT=é".encode("latin-1"))

    (fault,) = faults()

    assert fault.startswith(".env: cannot be read (not in UTF-8)")


def test_a_file_that_notepad_wrote_is_read(folder: Path) -> None:
    (folder / ".env").write_bytes(b"\xef\xbb\xbfDEKBOT_SITE=a\r\nDEKBOT_SEND_RATE=3\r\n")

    settings = load_settings()

    assert (settings.site, settings.send_rate) == ("a", 3)


@pytest.mark.parametrize("name", ["BOT_TOKEN", "SEND_RATE", "TELEGRAM_API_URL", "CONTACT"])
@pytest.mark.parametrize("value", [f"bot{TOKEN}", f"x{TOKEN}/", "pad" * 20 + TOKEN])
def test_a_token_in_the_wrong_place_is_not_repeated(
    set_variables: SetVariables, name: str, value: str
) -> None:
    set_variables(**{name: value})

    assert TOKEN[12:20] not in "\n".join(faults())


def test_a_password_in_an_address_is_not_repeated(set_variables: SetVariables) -> None:
    set_variables(DATABASE_URL="Postgres://desk:hunter2@db/x", TELEGRAM_API_URL="ftp://me:pw1@x")

    told = "\n".join(faults())

    assert "hunter2" not in told
    assert "pw1" not in told


def test_secrets_do_not_show_where_settings_are_printed() -> None:
    assert TOKEN not in repr(load_settings(bot_token=TOKEN))


def test_settings_made_from_values_know_nothing_of_the_environment(
    folder: Path, set_variables: SetVariables
) -> None:
    (folder / ".env").write_text("DEKBOT_SITE=a\n")
    set_variables(SEND_RATE="nonsense")

    assert Settings().model_dump() == Settings(site="nknews", send_rate=28).model_dump()


def test_an_override_that_is_no_setting_is_the_callers_mistake() -> None:
    with pytest.raises(TypeError, match="colour"):
        load_settings(colour="red")


@given(name=st.sampled_from(sorted(Settings.model_fields)), value=st.text(max_size=30))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_whatever_raises_anything_but_a_configuration_error(name: str, value: str) -> None:
    told = ""
    try:
        load_settings(**{name: value})
    except ConfigurationError as error:
        told = str(error)

    assert "\n" not in told
    assert not told or told.startswith(f"DEKBOT_{name.upper()}: ")
