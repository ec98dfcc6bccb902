"""How punctual one bot with 200 sources is."""

import asyncio
import tempfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from pydantic import SecretStr

from benchmarks.figures import Benchmark, Notes, percentile
from benchmarks.sites import ARRIVALS, HOSTS, SITE_PROFILE, site
from bot import __version__
from bot.app.assembly import Assembly
from bot.app.parts import open_parts, wall_clock
from bot.app.schedule import Schedule
from bot.demo.botapi import StandIn
from bot.services.ports import SourceKey
from bot.settings import Settings
from bot.web.meter import PrometheusMeter

#: How many of each kind; `broken` ones are left alone more and more, so they are not counted.
SOURCES = {"quiet": 150, "slow": 20, "page": 20, "broken": 10}
INTERVAL_SECONDS = 10
SECONDS = 45.0
#: Seconds between two looks at what is planned.
LOOK = 0.1
GOAL = 2.0


def profile_text(url: str) -> str:
    port = urlsplit(url).port
    names = [f"{kind}-{n}" for kind, count in SOURCES.items() for n in range(count)]
    head = SITE_PROFILE.partition("[[sources]]")[0]
    head = head.replace("timezone", f'poll_interval = "{INTERVAL_SECONDS}s"\ntimezone')
    return head + "".join(
        f'[[sources]]\nkind = "{"page" if name.startswith("page") else "feed"}"\n'
        f'url = "http://{HOSTS[number % len(HOSTS)]}:{port}/{name}"\n'
        for number, name in enumerate(names)
    )


async def planned(
    schedule: Schedule, keys: Sequence[SourceKey], seconds: float
) -> Mapping[str, list[float]]:
    """Look on for so long; return for which moments each path was planned."""
    moments: defaultdict[str, list[float]] = defaultdict(list)
    clock = asyncio.get_running_loop().time
    until = clock() + seconds
    while clock() < until:
        for key in keys:
            moment = schedule.next_at(key)
            told = moments[urlsplit(key[0]).path]
            if moment and (not told or abs(told[-1] - moment.timestamp()) > LOOK):
                told.append(moment.timestamp())
        await asyncio.sleep(LOOK)
    return moments


def lateness(planned: Mapping[str, list[float]], asked: Mapping[str, list[float]]) -> list[float]:
    """Return for each reading that was planned, and has to be over by now, how late it was."""
    late = []
    end = max(arrival for arrivals in asked.values() for arrival in arrivals) - 2 * GOAL
    for path, moments in planned.items():
        arrivals = asked.get(path, [])
        counted = [] if path.startswith("/broken") else [one for one in moments if one < end]
        for moment in counted:
            at = bisect_right(arrivals, moment - 2 * LOOK)
            late.append(arrivals[at] - moment if at < len(arrivals) else SECONDS)
    return late


async def measure(folder: Path, url: str) -> tuple[list[float], int]:
    (folder / "site.toml").write_text(profile_text(url))
    async with StandIn() as server:
        settings = Settings(
            bot_token=SecretStr(server.token),
            telegram_api_url=server.url,
            site=str(folder / "site.toml"),
            database_url=f"sqlite+aiosqlite:///{folder / 'dekbot.db'}",
            web_port=0,
        )
        metrics = PrometheusMeter(__version__)
        async with open_parts(settings, wall_clock, metrics) as parts:
            made = Assembly(parts, metrics)
            await made.bot.start()
            made.schedule.start()
            keys = [(source.url, source.kind) for source in parts.site.sources]
            moments = await planned(made.schedule, keys, SECONDS)
            async with aiohttp.ClientSession() as session, session.get(url + ARRIVALS) as told:
                asked = await told.json()
            await made.schedule.stop()
            await made.bot.stop()
            await made.lookout.close()
    return lateness(moments, asked), sum(map(len, asked.values()))


def _measure(notes: Notes, rounds: int) -> None:
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name, site() as url:
            late, readings = asyncio.run(measure(Path(name), url))
        notes.add("the latest reading", max(late), "s late", at_most=GOAL)
        notes.add("99 of 100 readings", percentile(late, 0.99), "s late")
        notes.add("the median", percentile(late, 0.5), "s late")
        notes.add("readings", readings / SECONDS, "a second")


BENCHMARK = Benchmark(
    name="sources",
    workload=(
        f"One bot with {sum(SOURCES.values())} sources of {len(HOSTS)} hosts, each read every"
        f" {INTERVAL_SECONDS} s for {SECONDS:.0f} s from the start on: six times the pace of a read"
        f" a minute. {SOURCES['slow']} take two seconds to answer, {SOURCES['page']} are section"
        f" pages with something new each time, {SOURCES['broken']} fail (and are left alone). Late"
        " is what reaches the server after its planned moment."
    ),
    measure=_measure,
    rounds=1,
)
