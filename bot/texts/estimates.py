"""How often something comes, in words."""

from typing import Final

from bot.domain.estimate import Estimate, Pace
from bot.texts.catalogue import Texts
from bot.texts.escape import Html

_COUNTED: Final = {
    Pace.DAY: "estimate.day",
    Pace.WEEK: "estimate.week",
    Pace.MONTH: "estimate.month",
}


def how_often(found: Estimate, texts: Texts) -> Html:
    """Return such as "about 4 a week; 31 in the last 90 days"."""
    if found.pace is Pace.NEVER:
        return texts.n("estimate.never", found.days)
    pace = _pace(found, texts)
    return texts.n("estimate.within", found.days, pace=pace, articles=found.count)


def _pace(found: Estimate, texts: Texts) -> Html:
    key = _COUNTED.get(found.pace)
    return texts.n(key, found.value) if key else texts.t("estimate.seldom")
