"""What stands over several alerts that come as one message."""

from bot.domain.timing import Lot
from bot.texts.catalogue import Texts
from bot.texts.escape import Html


def bundle_title(lot: Lot, count: int, language: str) -> Html | None:
    """Return the title of an edition or a catch-up; None where a digest's usual one will do."""
    texts = Texts(language)
    match lot:
        case Lot.EDITION:
            return texts.n("digest.edition", count)
        case Lot.CATCH_UP:
            return texts.n("digest.catch-up", count)
        case Lot.INSTANT:
            return None
