"""Who has the program make each kind of call, while it meets the faults of a family."""

from collections.abc import Awaitable, Callable
from typing import Final

from tests.aids.faults import answers, deliveries, files, upkeep
from tests.aids.faults.audience import Audience
from tests.aids.faults.catalogue import Family
from tests.aids.faults.deliveries import Played
from tests.aids.faults.row import Call
from tests.aids.play import Play

Driver = Callable[[Play, Audience, Family], Awaitable[Played]]

DRIVERS: Final[dict[Call, Driver]] = {
    Call.ALERT: deliveries.alert,
    Call.GROUP_ALERT: deliveries.group_alert,
    Call.DIGEST: deliveries.digest,
    Call.EDIT: deliveries.edit,
    Call.REPLY: answers.reply,
    Call.FILE: files.typed,
    Call.FILE_PRESSED: files.behind_a_button,
    Call.TOAST: answers.toast,
    Call.CHANGE: answers.change,
    Call.INLINE: answers.inline,
    Call.UPDATES: upkeep.updates,
    Call.START: upkeep.start,
    Call.WEBHOOK: upkeep.webhook,
    Call.MENU: upkeep.menu,
}
