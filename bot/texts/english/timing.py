"""When alerts come: settings, editions, quiet hours, time zones, urgency."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "settings.title": "<b>Settings</b>",
    "settings.title-group": "<b>This group's settings</b>\nAdministrators change them.",
    "settings.at-once": "Alerts: at once",
    "settings.editions": "Alerts: in editions, {editions}",
    "settings.quiet": "Quiet hours: {quiet}",
    "settings.not-quiet": "Quiet hours: none",
    "settings.zone": "Time zone: {place}, where it is {clock}",
    "settings.zone-site": "Time zone: not chosen, so {place}, where it is {clock}",
    "settings.paused": "Paused until you resume",
    "settings.paused-until": "Paused until {moment}",
    "settings.to-digest": "When alerts come",
    "settings.to-quiet": "Quiet hours",
    "settings.to-zone": "Time zone",
    "settings.to-following": "What you follow",
    "settings.to-alerts": "Standing searches",
    "settings.to-pause": "Pause alerts",
    "settings.to-resume": "Resume alerts",
    "settings.back": "↩ All settings",
    "days.every": "every day",
    "days.working": "weekdays",
    "days.weekend": "weekends",
    "days.times": "{days} at {times}",
    "days.hourly": "{days}, every hour",
    "days.always": "every hour",
    "days.span": "{start}\u2013{end}, {days}",
    "days.whole": "{days}, all day",
    "editions.at-once": "<b>Alerts come at once,</b> each as soon as its article appears.",
    "editions.now": "<b>Alerts come in editions:</b> {editions}.",
    "editions.next": "The next edition: {moment}",
    "editions.empty": (
        "An edition with nothing in it is not sent. What you made loud in /following still comes"
        " at once."
    ),
    "editions.how": (
        "Tap, or write your own: <code>/digest weekdays 08:00 18:00</code>,"
        " <code>/digest mon 09:00</code>, <code>/digest hourly</code>, <code>/digest off</code>"
    ),
    "editions.choice-off": "At once",
    "editions.choice-weekdays": "Weekdays 08:00",
    "editions.choice-daily": "Every day 08:00 and 18:00",
    "editions.choice-hourly": "Every hour",
    "toast.editions": "Alerts come in editions.",
    "toast.at-once": "Alerts come at once.",
    "quiet.now": "<b>Quiet hours:</b> {quiet}.",
    "quiet.none": "<b>There are no quiet hours.</b> Alerts may come at any time.",
    "quiet.until": "It is quiet now, until {moment}.",
    "quiet.after": (
        "What falls inside comes at their end; more than three articles come as one message."
    ),
    "quiet.how": (
        "Tap, or write your own: <code>/quiet 22:00-07:00</code>, <code>/quiet weekends</code>,"
        " <code>/quiet 22:00-07:00, weekends</code>, <code>/quiet off</code>"
    ),
    "quiet.choice-off": "None",
    "quiet.choice-night": "22:00\u201307:00",
    "quiet.choice-late": "23:00\u201308:00",
    "quiet.choice-weekends": "Weekends",
    "quiet.choice-both": "22:00\u201307:00 and weekends",
    "toast.quiet": "Quiet hours are set.",
    "toast.not-quiet": "There are no quiet hours.",
    "zone.now": "<b>Time zone: {place}.</b> It is {clock} there now.",
    "zone.site": (
        "<b>No time zone is chosen yet.</b> Until then times are those of {place}, where it is"
        " {clock} now."
    ),
    "zone.propose": "Is it {clock} where you are? Then tap “Yes, {place}” below.",
    "zone.yes": "Yes, {place}",
    "zone.how": (
        "Choose a part of the world, or write a city: <code>/timezone seoul</code>,"
        " <code>/timezone Asia/Seoul</code>"
    ),
    "zone.hint": "Times are those of {place}. Yours are others? /timezone",
    "zone.which": "Which of these do you mean by “{typed}”?",
    "zone.unknown": (
        "I know no city and no time zone “{typed}”. Try the nearest large city, or choose a part of"
        " the world:"
    ),
    "zone.region": "<b>{region}</b>\nTap the city whose clock is yours.",
    "zone.choice": "{place} · {clock}",
    "zone.regions": "↩ Parts of the world",
    "zone.utc": "UTC",
    "zone.africa": "Africa",
    "zone.america": "Americas",
    "zone.antarctica": "Antarctica",
    "zone.asia": "Asia",
    "zone.atlantic": "Atlantic",
    "zone.australia": "Australia",
    "zone.europe": "Europe",
    "zone.indian": "Indian Ocean",
    "zone.pacific": "Pacific",
    "toast.zone": "Time zone: {place}.",
    "fault.unchanged": "Nothing has changed.",
    "fault.empty": "That says no day and no time.",
    "fault.not-understood": "I do not understand {part}.",
    "fault.no-such-time": "{part} is no time of day.",
    "fault.time-missing": "{part} needs a time as well, such as 08:00.",
    "fault.end-missing": "{part} needs an end as well, as in <code>22:00-07:00</code>.",
    "fault.no-length": "{part} ends when it begins.",
    "fault.always": (
        "That would be quiet all week, and nothing would ever come. Leave some hours free; to have"
        " no alerts for a while, there is /pause."
    ),
    "fault.too-many": "That is more than I can keep apart. A few times will do.",
    "fault.past": "{part} is over already.",
    "fault.too-long": "That is too long to be read. A short line will do.",
    "fault.too-long-pause": "{part} is too long: a pause lasts a year at most.",
    "fault.no-length-pause": "{part} is no time at all.",
    "urgency.loud": "Loud",
    "urgency.silent": "Silent",
    "urgency.digest": "In the editions",
    "urgency.usual": "As usual",
    "urgency.button": "{mark}{name}",
    "urgency.title": "<b>{name}</b> ({kind})",
    "urgency.is-loud": "Its alerts come at once, with a sound.",
    "urgency.is-silent": "Its alerts come at once, without a sound.",
    "urgency.is-silent-edition": "Its alerts come in the editions, and make no sound.",
    "urgency.is-digest": "Its alerts wait for the next edition.",
    "urgency.is-evening": (
        "Its alerts wait for the evening and come together at {clock}. For other times: /digest"
    ),
    "urgency.is-usual": "Its alerts come as usual here: at once.",
    "urgency.is-usual-edition": "Its alerts come as usual here: in the editions.",
    "urgency.is-muted": "Muted: no article with it comes.",
    "urgency.how": "How shall its alerts come?",
    "urgency.set-loud": "🔔 {topic} comes at once, with a sound.",
    "urgency.set-silent": "🔕 {topic} comes without a sound.",
    "urgency.set-digest": "🗞 {topic} comes in the editions only.",
    "urgency.set-usual": "{topic} comes as usual here.",
    "urgency.unfollow": "✕ Stop following",
    "urgency.unmute": "✕ Take the mute back",
    "urgency.back": "↩ What you follow",
    "toast.loud": "{name} comes at once, with a sound.",
    "toast.silent": "{name} comes without a sound.",
    "toast.digest": "{name} comes in the editions only.",
    "toast.usual": "{name} comes as usual.",
    "toast.not-followed": "That is not followed any more.",
    "name.loud": (
        "What is loud comes at once and with a sound, even where all else comes in editions. Write"
        " the name behind the command: <code>/loud {example}</code>. Or tap:"
    ),
    "name.silent": (
        "What is silent comes without a sound. Write the name behind the command:"
        " <code>/silent {example}</code>. Or tap:"
    ),
    "name.later": (
        "What can wait comes in the editions only. Write the name behind the command:"
        " <code>/later {example}</code>. Or tap:"
    ),
    "name.usual": (
        "Write the name behind the command, and it comes as everything else:"
        " <code>/usual {example}</code>. Or tap:"
    ),
}
