"""English words, folded, that any news has, so that sharing them says nothing of a story."""

from typing import Final

_GRAMMAR: Final = """
a about above across after again against all almost along already also although always am amid
among an and another any anyone anything are around as at away back be became because become
becomes been before behind being below between beyond both but by can cannot could despite did do
does doing done down due during each either else enough especially even ever every everyone far
few first for former from further gets get getting go goes going got had has have having he her
here hers him himself his how however i if in instead into is it its itself just last late later
latest least less let like likely little long made make makes making many may me might more most
much must my near need needs never new next no nor not nothing now of off often on once one only
onto or other others our out over own part perhaps put quite rather re really s same second see
seen seem seems several shall she should since so some something soon still such t take takes
taking than that the their them then there these they thing things third this those though three
through thus till time to together too took toward towards two under until up upon us use used
uses using ve very via was way we well went were what when where whether which while who whole
whom whose why will with within without would yet you your
"""
_REPORTING: Final = """
according account accuse accused accuses add added adds allege alleged allegedly analysis analyst
analysts announce announced announces ask asked asks call called calls cite cited citing claim
claimed claims column comment confirm confirmed confirms correction day days expert experts
explain explained explainer explains find finds found hours interview know known media month
months news official officials opinion outlet people podcast recent recently report reported
reportedly reporter reports retraction reveal revealed reveals said saw say saying says show
showed shows source sources state statement states story tell tells think thinks timeline today
told tomorrow update updated warn warned warns watch week weeks year years yesterday
"""

_MONTHS: Final = """
january february march april june july august september october november december
"""

ANY_NEWS: Final = frozenset((_GRAMMAR + _REPORTING).split())

#: Figures of one month are another story than those of the next. May is a verb as well.
MONTHS: Final = frozenset(_MONTHS.split())
