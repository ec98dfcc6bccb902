"""A real meter, and what it shows."""

from bot.web.meter import PrometheusMeter


class Metered(PrometheusMeter):
    """Asked by names without what all of them begin with."""

    def __init__(self) -> None:
        super().__init__("1.2.3")

    def shows(self, name: str, **labels: str) -> float | None:
        """Return the figure; None where there is no such one."""
        return self.registry.get_sample_value(f"dekbot_{name}", labels)
