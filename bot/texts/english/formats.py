"""How things are written and put together, where that differs between languages."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "format.date": "medium",
    "format.clock": "short",
    "format.quoted": "“{text}”",
    "format.named": "{name} ({kind})",
    "format.parts": "{first}; {second}",
}

#: For translators: what cannot be told from the text.
NOTES: Final[Mapping[str, str]] = {
    "format.date": "short, medium, long, full, or a date pattern of Unicode's CLDR",
    "format.clock": "short, or a time pattern of Unicode's CLDR such as HH:mm",
    "format.quoted": "quotation marks as the language has them",
    "format.named": "a topic and its kind, as in: Economy (section)",
    "format.parts": "two parts of a timetable, as in: weekdays at 08:00; Saturday at 10:00",
}
