"""When a row of a table is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Validity:
    """From `effective_from` (or ever) to `effective_to` (inclusive, or for good)."""

    effective_from: date | None
    effective_to: date | None

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> "Validity":
        """What the columns `effective_from` and `effective_to` of a row say; raises ValueError for what is no date."""
        first, last = cells["effective_from"], cells["effective_to"]
        return cls(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on `day`."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )
