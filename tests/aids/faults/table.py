"""What must happen on each kind of call for each family of faults, and why: the table.

A row that must change is one line in `rows_of_deliveries`, `rows_of_answers` or `rows_of_upkeep`.
"""

from typing import Final

from tests.aids.faults import rows_of_answers, rows_of_deliveries, rows_of_upkeep
from tests.aids.faults.catalogue import Family
from tests.aids.faults.row import Call, Table

#: Each of the three has the rows of its own kinds of calls.
TABLE: Final[Table] = rows_of_deliveries.ROWS | rows_of_answers.ROWS | rows_of_upkeep.ROWS

#: What no row plays: why, and where it is proven instead.
ELSEWHERE: Final[dict[tuple[Call, Family], str]] = (
    {
        (call, Family.TOKEN): "ends the bot: test_refused_bot.py"
        for call in Call
        if call is not Call.MENU
    }
    | {
        (call, Family.UNREACHABLE): (
            "a server that is down sends no update that could be answered: test_replying.py"
        )
        for call in (
            Call.REPLY,
            Call.FILE,
            Call.FILE_PRESSED,
            Call.TOAST,
            Call.CHANGE,
            Call.INLINE,
            Call.MENU,
        )
    }
    | {(Call.WEBHOOK, Family.UNREACHABLE): "getMe, which comes before it, finds nobody: Call.START"}
)
