"""The figures that are counted as things happen, as Prometheus wants them."""

from collections.abc import Iterable
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from bot.domain.delivery import (
    BotRefused,
    ChatGone,
    ChatMoved,
    Outcome,
    Refused,
    Sent,
    Silenced,
    State,
    Throttled,
    TopicGone,
    Unanswered,
    Unreachable,
)

_OUTCOMES: Final[dict[type[Outcome], str]] = {
    Sent: "sent",
    Throttled: "throttled",
    Unreachable: "unreachable",
    Unanswered: "unanswered",
    Silenced: "silenced",
    ChatGone: "chat_gone",
    TopicGone: "topic_gone",
    ChatMoved: "chat_moved",
    Refused: "refused",
    BotRefused: "bot_refused",
}
_SETTLED: Final = (State.SENT, State.DROPPED, State.FAILED)
_PUT_OFF: Final = (State.OWED, State.HELD)
_UPDATES: Final = (
    "message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "channel_post",
    "other",
)
_ANSWERED: Final = _UPDATES[:3]
_CALLS: Final = ("accepted", "unauthorized", "wrong", "too_often", "unavailable")
_WORKS: Final = ("reading", "writing")
#: In seconds. From a tick of the lane to the hour that a large audience takes.
_ALERTS: Final = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
#: What readers feel: 250 ms is the promise.
_REPLIES: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_SENDS: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
_TRANSACTIONS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10)


class PrometheusMeter:
    """The `Meter` of a bot that is watched; `registry` is what it counts into.

    What can be counted stands there from the start, as 0: a first fault is a rise then, and seen.
    """

    def __init__(self, version: str) -> None:
        # Else each figure has a second series, which tells when it was begun.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        Info("dekbot_build", "What runs.", registry=self.registry).info({"version": version})
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._count_news()
        self._count_alerts()
        self._count_chat()
        self._count_database()

    def polled(self, source: str, kind: str, outcome: str) -> None:
        self._polls.labels(source, kind, outcome).inc()

    def ingested(self, *, new: int, alerting: int, reworded: int) -> None:
        for event, number in (("new", new), ("alerting", alerting), ("reworded", reworded)):
            if number:
                self._articles[event].inc(number)

    def planned(self, deliveries: int) -> None:
        self._planned.inc(deliveries)

    def sent(self, outcome: Outcome, seconds: float) -> None:
        self._sends[_OUTCOMES[type(outcome)]].inc()
        self._send_seconds.observe(seconds)

    def settled(self, state: State) -> None:
        self._results[state].inc()

    def alerted(self, seconds: float) -> None:
        self._alert_latency.observe(seconds)

    def edited(self, outcome: Outcome) -> None:
        self._edits[_OUTCOMES[type(outcome)]].inc()

    def throttled(self, pauses: str) -> None:
        self._throttled.labels(pauses).inc()

    def asked(self, method: str, answer: str) -> None:
        counter = self._answers.get((method, answer))
        if counter is None:
            counter = self._answers[method, answer] = self._requests.labels(method, answer)
        counter.inc()

    def received(self, kind: str) -> None:
        self._updates[kind].inc()

    def answered(self, kind: str, seconds: float) -> None:
        self._reply_latency.labels(kind).observe(seconds)

    def hook_called(self, outcome: str) -> None:
        self._calls[outcome].inc()

    def used(self, work: str, seconds: float, *, failed: bool) -> None:
        self._transactions[work].observe(seconds)
        if failed:
            self._failures[work].inc()

    def waited(self, seconds: float) -> None:
        self._wait.observe(seconds)

    def _count_news(self) -> None:
        self._polls = self._counter(
            "polls", "Readings of sources, by what came of them.", "source", "kind", "outcome"
        )
        articles = self._counter("articles", "Articles that readings brought.", "event")
        self._articles = _children(articles, ("new", "alerting", "reworded"))
        self._planned = self._counter("deliveries_owed", "Deliveries that became owed.")
        calls = self._counter("hook_calls", "Calls of a publisher, by their answer.", "outcome")
        self._calls = _children(calls, _CALLS)

    def _count_alerts(self) -> None:
        settled = self._counter("deliveries_settled", "Deliveries that a try settled.", "state")
        put_off = self._counter("deliveries_put_off", "Deliveries that a try left open.", "state")
        self._results = _children(settled, _SETTLED) | _children(put_off, _PUT_OFF)
        sends = self._counter("sends", "Messages with alerts, by Telegram's answer.", "outcome")
        self._sends = _children(sends, _OUTCOMES.values())
        edits = self._counter("edits", "Edits of messages, by Telegram's answer.", "outcome")
        self._edits = _children(edits, _OUTCOMES.values())
        self._send_seconds = self._histogram(
            "send_seconds", "From a message's request to Telegram's answer.", _SENDS
        )
        self._alert_latency = self._histogram(
            "alert_latency_seconds",
            "From owed to taken by Telegram, of alerts that are to come at once.",
            _ALERTS,
        )

    def _count_chat(self) -> None:
        self._throttled = self._counter(
            "telegram_throttled", "Answers 429, by what they pause.", "pauses"
        )
        for pauses in ("alerts", "chat", "updates"):
            self._throttled.labels(pauses)
        self._requests = self._counter(
            "telegram_requests", "Requests to Telegram, by their answer.", "method", "answer"
        )
        #: Looking one up costs less than asking the library for it.
        self._answers: dict[tuple[str, str], Counter] = {}
        updates = self._counter("updates", "Updates from Telegram.", "kind")
        self._updates = _children(updates, _UPDATES)
        self._reply_latency = self._histogram(
            "reply_latency_seconds",
            "From an update's coming to its answer: private messages, buttons, inline queries.",
            _REPLIES,
            "kind",
        )
        for kind in _ANSWERED:
            self._reply_latency.labels(kind)

    def _count_database(self) -> None:
        transactions = self._histogram(
            "database_transaction_seconds", "How long transactions are open.", _TRANSACTIONS, "work"
        )
        self._transactions = {work: transactions.labels(work) for work in _WORKS}
        failures = self._counter("database_failures", "Transactions that failed.", "work")
        self._failures = _children(failures, _WORKS)
        self._wait = self._histogram(
            "database_wait_seconds", "How long the turn to write is waited for.", _TRANSACTIONS
        )

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"dekbot_{name}", meaning, labels, registry=self.registry)

    def _histogram(
        self, name: str, meaning: str, buckets: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(f"dekbot_{name}", meaning, labels, registry=self.registry, buckets=buckets)


def _children(counter: Counter, values: Iterable[str]) -> dict[str, Counter]:
    """Return a counter for each value of the only label; looking one up costs less than asking."""
    return {value: counter.labels(value) for value in values}
