"""`dekbot health`: asks the running bot how it is, for whoever supervises it."""

from http import HTTPStatus
from typing import Annotated, Final

import typer

from bot.cli.faults import Status, leave
from bot.cli.start import read_settings_quietly
from bot.cli.terminal import plain, show
from bot.web.asking import UnansweredError, ask

_NO_PORT: Final = (
    "DEKBOT_WEB_PORT: is 0, and so the bot cannot be asked; expected a port, like 8766"
)


def health(
    *,
    live: Annotated[
        bool, typer.Option("--live", help="Ask whether it lives, whatever it waits for.")
    ] = False,
) -> None:
    """Ask the running bot whether it is ready; exit with 0 if it is, else with 1."""
    settings = read_settings_quietly()
    if not settings.web_port:
        leave(Status.FAILED, _NO_PORT)
    path, state = ("/health/live", "alive") if live else ("/health/ready", "ready")
    try:
        answer = ask(settings.web_host, settings.web_port, path)
    except UnansweredError as error:
        leave(Status.PARTLY, str(error))
    if answer.status != HTTPStatus.OK:
        leave(Status.PARTLY, f"The bot is not {state}: {answer.status} {plain(answer.text)}")
    show(f"The bot is {state}.")
