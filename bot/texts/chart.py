"""The chart of deliveries: what it shows, and the same in words."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from babel.dates import format_skeleton

from bot.domain.chart import Chart, ChartWords
from bot.domain.figures import Day
from bot.texts.catalogue import Texts, locale_of
from bot.texts.escape import Html, joined
from bot.texts.letter import Letter
from bot.texts.spans import format_span
from bot.texts.translations import SOURCE

#: What can be written everywhere.
_FALLBACK: Final = SOURCE


def delivery_chart(days: Sequence[Day], language: str, places: Sequence[str]) -> Chart:
    """Return the chart; `places` name the zone in the language and in English."""
    languages = dict.fromkeys((language, _FALLBACK))
    return Chart(
        words=tuple(_words(days, one, at) for one, at in zip(languages, places, strict=False)),
        sent=tuple(one.traffic.sent for one in days),
        median=tuple(_seconds(one.traffic.median) for one in days),
        p95=tuple(_seconds(one.traffic.p95) for one in days),
    )


def chart_letter(days: Sequence[Day], language: str, place: str) -> Letter:
    """Return what the picture shows in words: a line for each day."""
    texts = Texts(language)
    head = [
        Html(f"<b>{texts.t('chart.title', count=len(days))}</b>"),
        texts.t("chart.zone", place=place),
    ]
    lines = [_line(one, texts, language) for one in days]
    told = texts.t("chart.columns" if any(one.traffic.sent for one in days) else "chart.nothing")
    return Letter(html=joined("\n\n", [joined("\n", head), told, joined("\n", lines)]))


def _words(days: Sequence[Day], language: str, place: str) -> ChartWords:
    texts = Texts(language)
    return ChartWords(
        title=texts.plain("chart.title", count=len(days)),
        zone=texts.plain("chart.zone", place=place),
        sent=texts.plain("chart.sent"),
        latency=texts.plain("chart.latency"),
        median=texts.plain("chart.median"),
        p95=texts.plain("chart.p95"),
        nothing=texts.plain("chart.nothing"),
        no_latency=texts.plain("chart.no-latency"),
        days=tuple(_named(one.day, "MMMd", language) for one in days),
    )


def _line(one: Day, texts: Texts, language: str) -> Html:
    day, traffic = _named(one.day, "MMMEd", language), one.traffic
    if traffic.median is None or traffic.p95 is None:
        return texts.t("chart.day", day=day, sent=traffic.sent)
    return texts.t(
        "chart.day-timed",
        day=day,
        sent=traffic.sent,
        median=format_span(traffic.median, language),
        p95=format_span(traffic.p95, language),
    )


def _named(day: date, skeleton: str, language: str) -> str:
    return format_skeleton(skeleton, day, locale=locale_of(language))


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds()
