"""English words, folded, that any news has, so that sharing them says nothing of a story."""

from typing import Final

from bot.domain.porter import stem

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

#: What kinds of events are told with: launches, visits, figures, verdicts, matches, storms.
_EVENTS: Final = """
accident accord act action activity activist activists address agency agenda agree agreement aid
aim air aircraft airport ally allies alliance anniversary appeal appear approve arm arms army
arrest arrive article artillery assembly assets attack attend authorities away
ballistic ban bank base battle begin big billion blast block boat body bomb bomber border bring
broadcast build bureau business buy
cabinet campaign cargo carrier case cash ceremony charge charity chart chief citizens city claim
close coal coast coastal command commander committee company concern conference confirm congress
constitution construction continue contract cooperation corn council counterpart country court
crackdown crime criticize crew cross crowd cruise crypto currency customs cut cyber
damage data day dead deal death decade decision defector defect defence defense delay delegation
demand deny department deploy deport deputies deputy destroy detain detect development device die
diplomat diplomatic diplomacy disaster disease dismiss doctor dollar dozen draw drill drive drone
drop duty
early earthquake east eastern economic economy election embassy emergency enemy energy engine
engineer enter envoy era escape estimate euro evening event exchange execute exercise expand expel
export extend
face factory fail failure fall family farm fear fellow festival fight fighter figure film final
fine fire firm fish fishermen fishing flight flood flow fly flew food force foreign former found
free friend fuel fund further future
gather general gift girl goods government governor grow growth guard guilty
hacker hail hand harvest head health hear heavy help high hit hold home hospital host hour house
housing human hundred hunger husband hypersonic
icbm illegal illness image import improve incident increase indict indictment industry inform
injure inquiry inspect inspection institute intelligence international interceptor invest
investigation investigator invite island issue item
jail japan job join joint judge
kilometer kill kind king know korea korean
labor labour land large launch launcher law lawmaker lawyer lead leader leave left letter level lift
light limit line link list live local long lose loss low
machine main major malware man manager market march maritime mark mass match material measure
medal media medicine meet meeting member men message meter mile military million mine minister
ministry minute mission missile mix model modern money morning mother mountain move museum music
nation national naval navy near neighbor network night north northern northeast northwest note
notice nuclear number nurse
offer office officer official oil old open opening operation operator opposition order
organization outside owner
pact panel paper parade parliament part parties partner party pass passenger patient pay peace
peninsula people percent permit phone photo photograph picture pilot plan plane plant player plenum
police policy politburo political port position post power practice praise premier prepare
president press pressure price prime prison prisoner probe problem produce program programme
project projectile promise propaganda prosecutor protest province public publish punish purchase
push
qualifier quarter question
race radar radio raid rail railway rain raise rally range rapporteur rate reach reactor read ready
record red reduce refuse regime region reject release remain remark repatriate rescue research
researcher resident resign resolution respond response restart result resume return review revise
rice right rise rival river road rocket role round route ruble rule ruling
sailor sale sanction satellite school scientist sea season seat second secret secretary section
security seek seize sell senate send senior sentence serve service session set shell ship shipment
shipyard shoot shore short shot show sign signal single sister site situation small smuggle
smuggler social society soldier son south southern speak special speech spokesman spokeswoman spot
spring spy staff stage stand start state station stay steal step stock stolen stop store storm
street strike strong student submarine suit summer summit supply support suspect system
table tactical take talk tank target tariff teacher team technology television temperature term
territory test testify testimony theft thousand threat threaten three tie tip ton top torture total
tour tourism tourist town track trade trader trail train travel treasury treaty trial trip troop
truck try tunnel turn typhoon
unification union unit unite university upgrade uranium
vaccine value vehicle verdict vessel veteran vice victim victory video view village violate
violation visit visitor volunteer vote
wage war warhead warship waste watchdog water wave weapon weather website weekend weigh welcome west
western white wife win winter withdraw woman women wound work worker workshop world wound write
won yen young youth
"""
#: Whom news of the world is about every day. Places within these countries may tell a story.
_STATES: Final = """
america american asia asian beijing britain british china chinese dprk europe european france
french german germany japan japanese korea korean koreans kremlin london moscow nato paris
pentagon pyongyang rok russia russian seoul tokyo ukraine ukrainian un us washington xinhua kcna
jcs
"""
#: Half of all Koreans have one of these family names.
_FAMILIES: Final = "choe choi kim lee pak park ri"
_MONTHS: Final = """
january february march april june july august september october november december
"""

ANY_NEWS: Final = frozenset((_GRAMMAR + _REPORTING).split())

#: Stems that tell what kind of story an article is of, and not which.
EVERYDAY: Final = frozenset(map(stem, f"{_EVENTS} {_STATES} {_FAMILIES} {_MONTHS}".split()))

#: Figures of one month are another story than those of the next. May is a verb as well.
MONTHS: Final = frozenset(_MONTHS.split())
