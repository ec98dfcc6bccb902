"""Names of time zones that the zone database lacks: countries, further cities, short forms.

One line a zone or, where a name leaves a choice, several zones, the likeliest first. A name in two
lines leaves the choice between both. What is a city of the database, as in Asia/Seoul, needs no
line. Names are compared folded, without spaces.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.topic import slug

_TABLE: Final = """
Asia/Seoul: south korea, korea, rok, republic of korea, kst, busan, incheon, 서울, \
 한국, 대한민국, 부산
Asia/Pyongyang: north korea, dprk, 평양, 북한, 조선
Asia/Tokyo: japan, jst, osaka, kyoto, okinawa, fukuoka, yokohama, nagoya, sapporo, 도쿄, 東京, 日本
Asia/Shanghai: china, prc, beijing, peking, shenzhen, guangzhou, dandong, shenyang, tianjin, \
 wuhan, chengdu, 北京, 上海, 中国, 베이징, 중국, cst
Asia/Taipei: taiwan, roc, 台北, 臺北
Asia/Hong_Kong: hongkong, hk, hkt, 香港
Asia/Kolkata: india, mumbai, bombay, delhi, new delhi, bangalore, bengaluru, chennai, madras, \
 hyderabad, ist
Asia/Singapore: singapore, sgt
Asia/Kuala_Lumpur: malaysia
Asia/Bangkok: thailand
Asia/Ho_Chi_Minh: vietnam, viet nam, hanoi, ho chi minh city, da nang
Asia/Manila: philippines
Asia/Phnom_Penh: cambodia
Asia/Vientiane: laos
Asia/Yangon: myanmar, burma
Asia/Dhaka: bangladesh
Asia/Karachi: pakistan, islamabad, lahore, pkt
Asia/Kathmandu: nepal
Asia/Colombo: sri lanka
Asia/Kabul: afghanistan
Asia/Tehran: iran
Asia/Baghdad: iraq
Asia/Riyadh: saudi arabia, jeddah, mecca
Asia/Dubai: united arab emirates, uae, emirates, abu dhabi, gst
Asia/Qatar: doha
Asia/Jerusalem: israel, tel aviv, ist
Asia/Beirut: lebanon
Asia/Amman: jordan
Asia/Damascus: syria
Asia/Tashkent: uzbekistan
Asia/Almaty: kazakhstan, astana, nur-sultan
Asia/Ulaanbaatar: mongolia, ulan bator
Asia/Tbilisi: georgia
Asia/Yerevan: armenia
Asia/Baku: azerbaijan
Asia/Jakarta Asia/Makassar Asia/Jayapura: indonesia
Asia/Makassar: bali, denpasar
Europe/London: united kingdom, uk, gb, great britain, britain, england, scotland, wales, \
 edinburgh, manchester, glasgow, bst
Europe/Dublin: ireland, eire, ist
Europe/Paris: france, lyon, marseille, strasbourg, toulouse
Europe/Berlin: germany, deutschland, munich, munchen, frankfurt, hamburg, cologne, koln, bonn, \
 dusseldorf, stuttgart, leipzig
Europe/Brussels: belgium, bruxelles, brussel, antwerp, cet
Europe/Amsterdam: netherlands, holland, the hague, den haag, rotterdam
Europe/Luxembourg: luxemburg
Europe/Zurich: switzerland, geneva, geneve, genf, bern, basel, lausanne
Europe/Vienna: austria, wien
Europe/Rome: italy, italia, roma, milan, milano, naples, turin
Europe/Madrid: spain, espana, barcelona, valencia, seville
Europe/Lisbon: portugal, porto, wet
Europe/Copenhagen: denmark, kobenhavn
Europe/Stockholm: sweden, gothenburg
Europe/Oslo: norway, bergen
Europe/Helsinki: finland
Europe/Warsaw: poland, warszawa, krakow, gdansk
Europe/Prague: czechia, czech republic, praha
Europe/Bratislava: slovakia
Europe/Budapest: hungary
Europe/Bucharest: romania
Europe/Sofia: bulgaria
Europe/Athens: greece, athina, eet
Europe/Belgrade: serbia
Europe/Zagreb: croatia
Europe/Ljubljana: slovenia
Europe/Sarajevo: bosnia
Europe/Tirane: albania, tirana
Europe/Tallinn: estonia
Europe/Riga: latvia
Europe/Vilnius: lithuania
Europe/Kyiv: ukraine, kiev, odessa, odesa, kharkiv, lviv, київ
Europe/Minsk: belarus
Europe/Chisinau: moldova
Europe/Istanbul: turkey, turkiye, ankara
Europe/Moscow: st petersburg, saint petersburg, msk, москва
Europe/Moscow Asia/Vladivostok Asia/Yekaterinburg Asia/Novosibirsk Asia/Irkutsk \
 Europe/Kaliningrad: russia, россия
Asia/Vladivostok: ussuriysk, khasan, владивосток
Atlantic/Reykjavik: iceland
America/New_York: washington, washington dc, dc, nyc, boston, philadelphia, atlanta, miami, \
 baltimore, pittsburgh, charlotte, est, edt, et, eastern
America/Chicago: houston, dallas, austin, san antonio, minneapolis, st louis, new orleans, \
 nashville, milwaukee, cdt, ct, central, cst
America/Denver: salt lake city, albuquerque, colorado springs, mst, mdt, mt, mountain
America/Phoenix: arizona, tucson
America/Los_Angeles: san francisco, seattle, san diego, portland, las vegas, sacramento, oakland, \
 san jose, silicon valley, california, la, sf, pst, pdt, pt, \
 pacific
America/Anchorage: alaska
Pacific/Honolulu: hawaii, hst
America/New_York America/Chicago America/Denver America/Los_Angeles America/Anchorage \
 Pacific/Honolulu: usa, us, united states, america, united states of america
America/Toronto America/Winnipeg America/Edmonton America/Vancouver America/Halifax \
 America/St_Johns: canada
America/Toronto: ottawa, montreal, quebec
America/Vancouver: british columbia
America/Edmonton: calgary, alberta
America/Mexico_City America/Tijuana America/Cancun: mexico
America/Havana: cuba
America/Puerto_Rico America/Argentina/San_Juan: san juan
America/Bogota: colombia
America/Caracas: venezuela
America/Lima: peru
America/La_Paz: bolivia
America/Guayaquil: ecuador, quito
America/Santiago: chile
America/Argentina/Buenos_Aires: argentina
America/Montevideo: uruguay
America/Asuncion: paraguay
America/Sao_Paulo America/Manaus America/Fortaleza: brazil, brasil
America/Sao_Paulo: rio de janeiro, rio, brasilia
Africa/Cairo: egypt
Africa/Johannesburg: south africa, cape town, pretoria, durban, sast
Africa/Lagos: nigeria, abuja
Africa/Nairobi: kenya
Africa/Addis_Ababa: ethiopia
Africa/Accra: ghana
Africa/Casablanca: morocco, rabat
Africa/Tunis: tunisia
Africa/Algiers: algeria
Africa/Tripoli: libya
Africa/Khartoum: sudan
Africa/Dakar: senegal
Africa/Kampala: uganda
Africa/Dar_es_Salaam: tanzania
Africa/Harare: zimbabwe
Africa/Luanda: angola
Africa/Kinshasa Africa/Lubumbashi: dr congo, drc
Australia/Sydney: canberra, new south wales, aest, aedt
Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Perth \
 Australia/Hobart: australia
Australia/Melbourne: victoria
Pacific/Auckland: new zealand, nz, wellington, christchurch, nzst
Etc/UTC: utc, gmt, z, zulu, uct, universal, greenwich, world
"""


def bare(name: str) -> str:
    """Return the name as it is compared: folded, without spaces and marks."""
    return slug(name).replace("-", "")


def _read(table: str) -> Mapping[str, tuple[str, ...]]:
    read: dict[str, tuple[str, ...]] = {}
    for line in table.replace("\\\n", "").strip().splitlines():
        zones, names = line.split(": ", maxsplit=1)
        for name in names.split(","):
            read[bare(name)] = (*read.get(bare(name), ()), *zones.split())
    return read


def _pairs(table: str) -> Mapping[str, str]:
    pairs = (pair.partition(":") for pair in table.split())
    return {key: zone for key, _, zone in pairs}


#: Names as `bare` writes them, each with its zones.
OTHER_NAMES: Final = _read(_TABLE)
#: The zones of offsets that no whole hour tells, each with one or more.
UNEVEN_OFFSETS: Final = {
    570: ("Australia/Darwin", "Australia/Adelaide"),
    525: ("Australia/Eucla",),
    630: ("Australia/Lord_Howe",),
    765: ("Pacific/Chatham",),
    390: ("Asia/Yangon",),
    345: ("Asia/Kathmandu",),
    330: ("Asia/Kolkata", "Asia/Colombo"),
    270: ("Asia/Kabul",),
    210: ("Asia/Tehran",),
    -150: ("America/St_Johns",),
    -210: ("America/St_Johns",),
    -570: ("Pacific/Marquesas",),
}
#: Where most who set their Telegram to the language live; a region tells it better.
LANGUAGES: Final = _pairs("""
    ko:Asia/Seoul ja:Asia/Tokyo zh:Asia/Shanghai vi:Asia/Ho_Chi_Minh th:Asia/Bangkok
    id:Asia/Jakarta ms:Asia/Kuala_Lumpur mn:Asia/Ulaanbaatar hi:Asia/Kolkata
    fa:Asia/Tehran he:Asia/Jerusalem tr:Europe/Istanbul uz:Asia/Tashkent kk:Asia/Almaty
    ka:Asia/Tbilisi hy:Asia/Yerevan az:Asia/Baku ru:Europe/Moscow uk:Europe/Kyiv
    be:Europe/Minsk de:Europe/Berlin fr:Europe/Paris it:Europe/Rome nl:Europe/Amsterdam
    pl:Europe/Warsaw cs:Europe/Prague sk:Europe/Bratislava hu:Europe/Budapest
    ro:Europe/Bucharest bg:Europe/Sofia el:Europe/Athens sr:Europe/Belgrade
    hr:Europe/Zagreb sl:Europe/Ljubljana sq:Europe/Tirane da:Europe/Copenhagen
    sv:Europe/Stockholm nb:Europe/Oslo no:Europe/Oslo nn:Europe/Oslo fi:Europe/Helsinki
    et:Europe/Tallinn lv:Europe/Riga lt:Europe/Vilnius is:Atlantic/Reykjavik
    ca:Europe/Madrid
""")
#: Regions that lie in one zone, or for the most part.
REGIONS: Final = _pairs("""
    kr:Asia/Seoul kp:Asia/Pyongyang jp:Asia/Tokyo cn:Asia/Shanghai tw:Asia/Taipei
    hant:Asia/Taipei hans:Asia/Shanghai hk:Asia/Hong_Kong sg:Asia/Singapore in:Asia/Kolkata
    gb:Europe/London ie:Europe/Dublin nz:Pacific/Auckland za:Africa/Johannesburg
    de:Europe/Berlin at:Europe/Vienna ch:Europe/Zurich be:Europe/Brussels fr:Europe/Paris
    es:Europe/Madrid pt:Europe/Lisbon br:America/Sao_Paulo ar:America/Argentina/Buenos_Aires
    co:America/Bogota cl:America/Santiago pe:America/Lima eg:Africa/Cairo
""")
