"""The run: one life after another, each ended at its moment, and at the end the reckoning."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Final

from chaos.aftermath import Aftermath, look_at
from chaos.life import Life
from chaos.living import Ended, live
from chaos.moments import Sign, choose_moments
from chaos.oracle import Run, Verdict, judge, owed_pairs
from chaos.scene import Scene, set_scene

#: So far the clock is put forward in the end, which brings every edition and all quiet hours' ends.
_A_DAY_AND_MORE: Final = timedelta(hours=26)
#: So many are out before the first kill, so that there is something to correct.
_FIRST_ARTICLES: Final = 4
#: Seconds between two looks at the database, and after which without a change nothing will come.
_LOOK: Final = 0.5
_STALLED: Final = 60.0

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    seed: int
    kills: int
    stops: int
    readers: int
    #: How many times faster than the wall's the clock runs.
    speed: float


@dataclass(kw_only=True)
class Outcome:
    options: Options
    lives: list[Ended]
    verdict: Verdict
    #: What was left in the database in the end: deliveries, fan-outs, edits.
    unsettled: int
    #: Pairs of a chat and an article.
    owed: int
    messages: int
    edits: int
    articles: int
    corrections: int
    retractions: int
    #: Faults of ours that the log tells of.
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


async def run(options: Options, tell: Told) -> Outcome:
    """Make the run; `tell` hears how far it is."""
    begun = time.monotonic()
    random = Random(options.seed)  # noqa: S311 - chance, not secrets
    moments = choose_moments(random, options.kills, options.stops, options.readers)
    async with set_scene(random, options.seed, options.readers, options.speed) as scene:
        faults = await _begin(scene)
        lives: list[Ended] = []
        for number, moment in enumerate(moments, 1):
            left = lives[-1].left if lives else None
            lives.append(await live(scene, number, moment, left))
            tell(f"{number} of {len(moments)}: {lives[-1].told()}")
        scene.clock.forward(_A_DAY_AND_MORE)
        tell("The clock is put forward by a day; what is left must arrive.")
        left, last_faults = await _run_until(scene, len(moments) + 1, _is_settled)
        outcome = _reckon(options, scene, lives, left)
    outcome.faults += [*faults, *last_faults]
    outcome.seconds = time.monotonic() - begun
    return outcome


async def _begin(scene: Scene) -> list[str]:
    """Have the feed read for the first time, which alerts nobody, and the first articles sent."""
    life = await Life.begin(scene.folder, scene.clock.arguments(), scene.settings())
    life.listen(lambda sign: life.end() if sign is Sign.READ else None)
    await life.ended()
    for _ in range(_FIRST_ARTICLES):
        scene.press.publish()
    left, faults = await _run_until(scene, 0, _is_sent)
    scene.known = left.stored
    return [*life.faults, *faults]


async def _run_until(
    scene: Scene, number: int, done: Callable[[Scene, Aftermath], bool]
) -> tuple[Aftermath, list[str]]:
    """Let the bot run until then, or until nothing moves any more."""
    life = await Life.begin(scene.folder, scene.clock.arguments(), scene.settings())
    life.listen(lambda sign: scene.witness.turn_to(number) if sign is Sign.SPOKE else None)
    left = look_at(scene.database, scene.newsroom.url, scene.clock())
    moved = time.monotonic()
    while not done(scene, left) and time.monotonic() - moved < _STALLED:
        await asyncio.sleep(_LOOK)
        before, left = left, look_at(scene.database, scene.newsroom.url, scene.clock())
        moved = moved if left == before else time.monotonic()
    life.end()
    await life.ended()
    return left, life.faults


def _is_sent(scene: Scene, left: Aftermath) -> bool:
    """Whether everything is matched, and what is due is sent."""
    stored = scene.press.published.keys() <= left.stored
    return stored and not (left.due or left.fanouts)


def _is_settled(scene: Scene, left: Aftermath) -> bool:
    return _is_sent(scene, left) and not (left.open or left.edits)


def _reckon(options: Options, scene: Scene, lives: list[Ended], left: Aftermath) -> Outcome:
    articles = scene.press.published
    owed = owed_pairs(scene.audience, articles.values())
    happened = Run(
        owed=owed,
        articles=articles,
        arrivals=scene.witness.arrivals,
        unsettled={number: frozenset(one.left.claimed) for number, one in enumerate(lives, 1)},
        unanswered=left.unanswered,
        address=scene.newsroom.url,
    )
    return Outcome(
        options=options,
        lives=lives,
        verdict=judge(happened),
        unsettled=left.open + left.fanouts + left.edits,
        owed=len(owed),
        messages=len(scene.witness.arrivals),
        edits=len(scene.stand_in.world.conversations.edited),
        articles=len(articles),
        corrections=scene.press.corrections,
        retractions=len(scene.press.retracted),
        faults=[fault for one in lives for fault in one.faults],
    )
