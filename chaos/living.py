"""One life of the bot: what happens meanwhile, and how it ended."""

import time
from dataclasses import dataclass
from typing import Final

from bot.domain.timing import Lot
from chaos.aftermath import Aftermath, look_at
from chaos.life import Life
from chaos.moments import Moment, Phase, Sign
from chaos.scene import LATENCY, Scene

#: Seconds in which a process must be gone that was asked to go.
LONGEST_END: Final = 10.0
#: Of so many lives one sees an article come out while no bot runs, one a retraction.
_EXTRA: Final = 3
_RETRACTING: Final = 20
#: Seconds that Telegram takes for an answer where it is slow.
_SLOW: Final = 1.5
_PUBLISHING: Final = frozenset({Phase.INGEST, Phase.FANOUT, Phase.SENDING, Phase.DIGEST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a life ended."""

    moment: Moment
    #: Whether that was at its moment; else patience was over before the moment came.
    on_time: bool
    status: int
    #: Seconds from the signal to the end.
    took: float
    #: What was under way when it was killed.
    met: frozenset[Phase]
    left: Aftermath
    faults: tuple[str, ...]
    #: Seconds from its start to its first alert; None where nothing was due at its start, or it
    #: was ended before.
    recovered: float | None

    @property
    def is_clean(self) -> bool:
        """Whether it went as a process should that was asked to go."""
        return self.status == 0 and self.took <= LONGEST_END and not self.left.claimed

    def told(self) -> str:
        met = ", ".join(sorted(self.met)) or "nothing under way"
        late = "" if self.on_time else " (late)"
        return f"{self.moment.signal.name} in {self.moment.phase}{late}: {met}"


async def live(scene: Scene, number: int, moment: Moment, before: Aftermath | None) -> Ended:
    """Run the bot until its moment; `before` is what the life before left."""
    if number % _EXTRA == 0:
        scene.press.publish()
    first = len(scene.witness.arrivals)
    life = await Life.begin(scene.folder, scene.clock.arguments(), scene.settings(), moment)
    life.listen(lambda sign: _act(scene, number, moment, sign))
    scene.on_sign = life.see
    status = await life.ended(LONGEST_END)
    signalled = life.signalled or time.monotonic()
    scene.stand_in.faults.clear()
    left = look_at(scene.database, scene.newsroom.url, scene.clock())
    scene.known = left.stored
    arrivals = [one.at for one in scene.witness.arrivals[first:] if one.life == number]
    was_due = before is not None and before.due > 0
    return Ended(
        moment=moment,
        on_time=life.on_time,
        status=status,
        took=life.took,
        met=_met(scene, life, left, signalled),
        left=left,
        faults=tuple(life.faults),
        recovered=arrivals[0] - life.spawned if arrivals and was_due else None,
    )


def _act(scene: Scene, number: int, moment: Moment, sign: Sign) -> None:
    """Do what gives the life something to be ended in."""
    if sign is Sign.SPOKE:
        scene.witness.turn_to(number)
        if moment.slow:  # and not its predecessor's last messages
            scene.stand_in.faults.on("sendMessage", times=None).delay(_SLOW)
    if sign is not Sign.STARTED:
        return
    if moment.phase in _PUBLISHING:
        scene.press.publish()
    if moment.phase is Phase.CORRECTION:
        scene.press.correct()
    if number % _RETRACTING == 0:
        scene.press.retract()


def _met(scene: Scene, life: Life, left: Aftermath, signalled: float) -> frozenset[Phase]:
    """Return the phases in which the signal met the process."""
    if not life.saw(Sign.STARTED):  # what the database tells of is its predecessor's
        return frozenset({Phase.STARTING})
    lots = set(left.claimed.values())
    met = {
        Phase.POLLING: 0 <= signalled - scene.asked_at < LATENCY,
        Phase.INGEST: life.saw(Sign.ASKED_FOR_NEWS)
        and bool(scene.press.published.keys() - left.stored),
        Phase.FANOUT: left.fanouts > 0,
        Phase.SENDING: Lot.INSTANT in lots,
        Phase.DIGEST: bool(lots - {Lot.INSTANT}),
        Phase.CORRECTION: left.edits_due > 0 and life.saw(Sign.EDITED) and not lots,
    }
    return frozenset(phase for phase, under_way in met.items() if under_way)
