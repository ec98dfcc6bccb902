"""When processes are ended: at moments that are chosen by what they are doing."""

import signal
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final


class Phase(StrEnum):
    STARTING = "starting"
    POLLING = "polling"
    INGEST = "ingest"
    FANOUT = "fan-out"
    SENDING = "sending"
    DIGEST = "digest"
    CORRECTION = "correction"


class Sign(StrEnum):
    """What is seen of a process from outside."""

    SPAWNED = "spawned"
    #: Its log has a first line.
    SPOKE = "spoke"
    #: Its log says that it runs.
    STARTED = "started"
    #: It has asked for the feed.
    ASKED = "asked"
    #: It has asked for the feed, which shows what it does not know yet.
    ASKED_FOR_NEWS = "asked for news"
    #: Its log says that it has read the feed.
    READ = "read"
    #: Its log says that it has stored an article.
    STORED = "stored"
    #: Telegram has taken an alert of its.
    ALERTED = "alerted"
    #: Telegram has taken an edition or a catch-up.
    DIGESTED = "digested"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class _Aim:
    sign: Sign
    #: It is the first such sign, or up to the n-th.
    most: int
    #: Seconds from the sign to the signal, at most.
    delay: float


#: One of a phase's is chosen.
_AIMS: Final = {
    Phase.STARTING: (_Aim(Sign.SPAWNED, 1, 2.0), _Aim(Sign.SPOKE, 1, 0.0)),
    Phase.POLLING: (_Aim(Sign.ASKED, 2, 0.05),),
    Phase.INGEST: (_Aim(Sign.ASKED_FOR_NEWS, 1, 0.25),),
    Phase.FANOUT: (_Aim(Sign.STORED, 1, 0.3),),
    Phase.SENDING: (_Aim(Sign.ALERTED, 40, 0.05),),
    Phase.DIGEST: (_Aim(Sign.DIGESTED, 10, 0.05),),
    Phase.CORRECTION: (_Aim(Sign.EDITED, 10, 0.05),),
}
#: With fewer readers than this, less is to be seen.
_MANY: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The end that is meant for one process."""

    signal: signal.Signals
    phase: Phase
    sign: Sign
    #: The n-th sign of the kind.
    number: int
    #: Seconds from the sign to the signal.
    delay: float
    #: Whether Telegram takes its time, so that much is in flight.
    slow: bool = False

    @property
    def is_graceful(self) -> bool:
        return self.signal is signal.SIGTERM


def choose_moments(random: Random, kills: int, stops: int, readers: int) -> list[Moment]:
    """Return the moments of so many kills and graceful ends, spread evenly over the phases."""
    phases = list(Phase)
    kinds = [(signal.SIGKILL, phases[n % len(phases)]) for n in range(kills)]
    # Before the bot listens to it, a SIGTERM ends a process as it ends any.
    kinds += [(signal.SIGTERM, phases[1:][n % (len(phases) - 1)]) for n in range(stops)]
    random.shuffle(kinds)
    return [_moment(random, number, phase, readers) for number, phase in kinds]


def _moment(random: Random, number: signal.Signals, phase: Phase, readers: int) -> Moment:
    aim = random.choice(_AIMS[phase])
    most = aim.most if readers >= _MANY else max(1, aim.most * readers // _MANY)
    return Moment(
        signal=number,
        phase=phase,
        sign=aim.sign,
        number=random.randint(1, most),
        delay=random.uniform(0, aim.delay),
        slow=number is signal.SIGTERM and random.choice((True, False)),
    )
