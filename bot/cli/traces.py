"""Shows an article's path: itself, its outbox, and one chat where one was asked for."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.cli.cells import cell, table
from bot.cli.traced_chats import chat_lines, deliveries_table
from bot.cli.traced_moments import moment
from bot.domain.unalerted import Unalerted
from bot.services.traces import Trace, TracedArticle, TracedOutbox

_UNALERTED: Final[Mapping[Unalerted, str]] = {
    Unalerted.IMPORTED: "it came from a saved file, and no source has shown it since",
    Unalerted.BASELINE: "the first reading of its source brought it, and that one alerts nobody",
    Unalerted.TOO_OLD: "it was older than DEKBOT_MAX_ALERT_AGE when it was seen",
    Unalerted.OTHERWISE: (
        "another source's first reading held it, or DEKBOT_MAX_ALERT_AGE was another then"
    ),
}


def trace_tables(trace: Trace) -> RenderableType:
    if trace.article is None or trace.outbox is None:
        return Group(*_unknown(trace))
    parts: list[RenderableType] = [_article_table(trace.article)]
    if trace.article.story:
        parts.append(_story_table(trace.article))
    parts += _outbox_lines(trace.outbox)
    if trace.chat_id is not None:
        parts += chat_lines(trace.chat_id, trace.chats)
    elif trace.outbox.deliveries:
        parts.append(deliveries_table(trace.outbox.deliveries))
        parts += _rest(trace.outbox)
    return Group(*parts)


def _unknown(trace: Trace) -> Iterator[Text]:
    yield cell(f"{trace.url} is not known: no source has shown it.", "bold red")
    if trace.is_article_url:
        yield Text("The site profile takes the address for an article's.")
    else:
        yield Text("The site profile's article_url does not take the address for an article's.")
    if trace.near:
        yield Text("Known, and spelt like it:")
    for url in trace.near:
        yield cell(f"  {url}")


def _article_table(article: TracedArticle) -> Table:
    shown = Table(show_header=False, box=None, pad_edge=False)
    shown.add_column(style="bold")
    shown.add_column(overflow="fold")
    for name, value in _facts(article):
        shown.add_row(name, cell(value))
    return shown


def _facts(article: TracedArticle) -> Iterator[tuple[str, str]]:
    yield "Article", article.headline
    if article.dek:
        yield "Dek", article.dek
    yield "Address", article.url
    yield "Id", str(article.id)
    yield "Published", _published(article)
    yield "First seen", f"{moment(article.seen_at)}, by {_source(article.brought_by)}"
    others = [one for one in article.shown_by if one != article.brought_by]
    yield "Shown also by", ", ".join(map(_source, others)) or "no other source"
    if article.corrected_at:
        yield "Corrected", _corrected(article, article.corrected_at)
    if article.is_retraction:
        yield "Retraction", "its headline is a correction's or a retraction's"
    yield "Topics", _topics(article)
    yield "Matched", "yes" if article.unalerted is None else f"no: {_UNALERTED[article.unalerted]}"


def _published(article: TracedArticle) -> str:
    if article.has_time:
        return moment(article.published_at)
    return f"{article.published_at:%Y-%m-%d}, at an hour that was not told"


def _corrected(article: TracedArticle, corrected_at: datetime) -> str:
    former = f"; before: {article.former_headline}" if article.former_headline else ""
    return f"{moment(corrected_at)}{former}"


def _topics(article: TracedArticle) -> str:
    told = (
        f"{one.name} ({one.kind}{', withdrawn' if one.withdrawn else ''})" for one in article.topics
    )
    return ", ".join(told) or "none"


def _source(url: str) -> str:
    return url or "an imported file"


def _story_table(article: TracedArticle) -> Table:
    shown = table("Published", "Story", "Address")
    for one in article.story:
        style = "bold" if one.url == article.url else ""
        shown.add_row(moment(one.published_at), cell(one.headline, style), cell(one.url))
    return shown


def _outbox_lines(outbox: TracedOutbox) -> Iterator[Text]:
    counts = ", ".join(f"{number} {state}" for state, number in outbox.states.items())
    yield Text(f"Deliveries: {counts or 'none'}", style="bold")
    for fanout in outbox.fanouts:
        yield Text(
            f"Still being matched since {moment(fanout.begun_at)}: subscribers up to"
            f" {fanout.done_to} of {fanout.last} are done",
            style="yellow",
        )
    if outbox.edits.due_at is not None:
        yield Text(
            f"Messages to be edited: {outbox.edits.count}, from {moment(outbox.edits.due_at)}",
            style="yellow",
        )


def _rest(outbox: TracedOutbox) -> Iterator[Text]:
    left = sum(outbox.states.values()) - len(outbox.deliveries)
    if left > 0:
        yield Text(f"… and {left} more: --limit {len(outbox.deliveries) + left}, or --chat ID")
