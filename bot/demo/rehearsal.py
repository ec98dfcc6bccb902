"""`dekbot demo --rehearse FOLDER`: the demo without its bot, which is somebody else's to run."""

from pathlib import Path
from typing import Final

from bot.app.ending import stop_on_signals
from bot.app.parts import wall_clock
from bot.demo.newsroom import profile_text
from bot.demo.show import announce, publishing, tell
from bot.demo.stage import Stage, set_stage
from bot.domain.errors import ConfigurationError

_SETTINGS: Final = ".env"
_PROFILE: Final = "newsroom.toml"
#: As often as a public site is read at most: `dekbot check` has nothing to say then.
_POLITE: Final = "1m"
_HEADING: Final = (
    "# A bot with these settings talks to the demo's stand-in, as long as the demo runs."
)


async def rehearse(port: int, folder: Path) -> None:
    """Run newsroom and stand-in until SIGINT or SIGTERM, with what a bot needs in the folder.

    Raises ConfigurationError where the port is taken or the folder cannot take the settings.
    """
    stop = stop_on_signals()
    async with set_stage(port, tell) as stage:
        try:
            _hand_over(stage, folder)
        except OSError as error:
            fault = error.strerror or type(error).__name__
            raise ConfigurationError(
                f"--rehearse: {error.filename} cannot be written ({fault}); expected a folder"
                f" without {_SETTINGS} and {_PROFILE}"
            ) from None
        announce(stage)
        async with publishing(stage, wall_clock):
            await stop.wait()


def _hand_over(stage: Stage, folder: Path) -> None:
    """Write the settings and the profile that they name; nothing that is there is overwritten."""
    token = stage.settings.bot_token
    variables = {
        "BOT_TOKEN": token.get_secret_value() if token else "",
        "TELEGRAM_API_URL": stage.settings.telegram_api_url,
        "SITE": _PROFILE,
    }
    lines = [_HEADING, *(f"DEKBOT_{name}={value}" for name, value in variables.items())]
    with (folder / _SETTINGS).open("x", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    with (folder / _PROFILE).open("x", encoding="utf-8") as file:
        file.write(profile_text(stage.newsroom.url, poll_interval=_POLITE, page_interval=_POLITE))
