"""Whether Telegram knows the bot, and what it says of it."""

from bot.app.checks.database import Stored
from bot.app.checks.findings import failed, ok, warning
from bot.app.checks.updates import updates
from bot.app.menus import menus
from bot.domain.errors import BotRefusedError
from bot.domain.subscriber import Standing
from bot.services.reports import Finding
from bot.settings import Settings
from bot.telegram.identity import (
    BotFacts,
    ChatUnreachableError,
    Identity,
    TelegramUnreachableError,
    identified,
)


async def telegram(settings: Settings, database: Stored) -> list[Finding]:
    if settings.bot_token is None:
        remedy = "ask @BotFather for a token, and put it into .env as DEKBOT_BOT_TOKEN"
        return [warning("token", "DEKBOT_BOT_TOKEN is missing", remedy)]
    try:
        async with identified(
            settings.bot_token.get_secret_value(), settings.telegram_api_url
        ) as identity:
            facts = await identity.facts()
            administrators = await _administrators(identity, settings, database)
            return [*_facts(facts, settings, database), *administrators]
    except BotRefusedError as error:
        return [failed("token", str(error), "put the right token into DEKBOT_BOT_TOKEN")]
    except TelegramUnreachableError as error:
        text = f"{settings.telegram_api_url} cannot be reached: {error}"
        remedy = "look at network, proxy (HTTPS_PROXY) and DEKBOT_TELEGRAM_API_URL"
        return [failed("token", text, remedy)]


def _facts(facts: BotFacts, settings: Settings, database: Stored) -> list[Finding]:
    return [
        ok("token", f"the bot is @{facts.username}"),
        updates(facts.webhook, settings.webhook_url, is_running=database.holder is not None),
        _commands(facts, is_running=database.holder is not None),
        ok("groups", _groups(facts)),
        ok(
            "inline mode",
            f"on: @{facts.username} works in any chat"
            if facts.inline
            else "off: @BotFather's /setinline has cards in any chat, where they are wanted",
        ),
    ]


def _commands(facts: BotFacts, *, is_running: bool) -> Finding:
    wanted = {name for name, _ in menus("")[0].commands}
    if wanted == set(facts.commands):
        return ok("command menu", f"{len(wanted)} commands")
    text = f"{len(facts.commands)} commands, and not those of this version"
    if not is_running:
        return ok("command menu", f"{text}; dekbot run sets them")
    return warning("command menu", text, "look for menu_not_set in the log, and start it again")


def _groups(facts: BotFacts) -> str:
    if not facts.joins_groups:
        return "the bot cannot be added to groups (@BotFather's /setjoingroups)"
    if facts.reads_all_messages:
        return "the bot gets every message there and needs none: /setprivacy can spare it that"
    return "the bot gets what is meant for it, and no more"


async def _administrators(
    identity: Identity, settings: Settings, database: Stored
) -> list[Finding]:
    if not settings.admin_ids:
        return [ok("administrators", "none: DEKBOT_ADMIN_IDS names who is told of trouble")]
    return [await _administrator(identity, chat_id, database) for chat_id in settings.admin_ids]


async def _administrator(identity: Identity, chat_id: int, database: Stored) -> Finding:
    subject = f"administrator {chat_id}"
    remedy = "have them send /start to the bot, or change DEKBOT_ADMIN_IDS"
    try:
        name = await identity.chat_name(chat_id)
    except ChatUnreachableError as error:
        return warning(subject, f"cannot be reached: {error}", remedy)
    if database.standings.get(chat_id) is Standing.RETIRED:
        return warning(subject, f"{name} has blocked or left the bot", remedy)
    return ok(subject, name)
