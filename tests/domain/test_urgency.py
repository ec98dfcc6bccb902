import pytest

from bot.domain.urgency import Urgency, strongest


def test_loud_beats_silent_and_silent_beats_digest() -> None:
    assert sorted(Urgency) == [Urgency.DIGEST, Urgency.SILENT, Urgency.LOUD]


@pytest.mark.parametrize(
    ("urgencies", "usual", "expected"),
    [
        ([Urgency.DIGEST, Urgency.SILENT], Urgency.LOUD, Urgency.SILENT),
        ([Urgency.DIGEST, None], Urgency.LOUD, Urgency.LOUD),
        ([Urgency.SILENT, None], Urgency.DIGEST, Urgency.SILENT),
        ([None], Urgency.DIGEST, Urgency.DIGEST),
        ([], Urgency.LOUD, Urgency.LOUD),
    ],
)
def test_the_strongest_reason_counts(
    urgencies: list[Urgency | None], usual: Urgency, expected: Urgency
) -> None:
    assert strongest(urgencies, usual) is expected
