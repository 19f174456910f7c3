"""What each evidence of a duplicate counts, and from how many points on it is shown: `data/duplicate_scores.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from engine import clock
from engine.errors import InvalidInput
from processes.complaint.sheets import read

FILE = Path(__file__).parent.parent / "data" / "duplicate_scores.csv"

#: The bands from the highest; below the last nothing is shown.
BANDS = ("certain", "probable", "possible")


@dataclass(frozen=True)
class Points:
    """One row: an evidence and its points, or a band and the points from which it begins."""

    code: str
    points: int
    zh: str
    en: str
    effective_from: date
    effective_to: date | None

    def label(self, language: str) -> str:
        """The words for people, in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en

    def holds_on(self, day: date) -> bool:
        """Whether this row is in force on `day`."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


def duplicate_points(code: str) -> int:
    """FEEL function: the points of the evidence, or the beginning of the band, `code` today. Raises InvalidInput."""
    return in_force(code).points


def band(score: int) -> str | None:
    """`certain`, `probable` or `possible`; None below that."""
    return next((name for name in BANDS if score >= duplicate_points(name)), None)


def label(code: str, language: str) -> str:
    """The words for an evidence or band; the code itself where the table does not know it."""
    return in_force(code).label(language) if any(row.code == code for row in rows()) else code


def in_force(code: str) -> Points:
    """The row `code` of today; raises InvalidInput when there is none."""
    today = clock.now().astimezone(clock.zone()).date()
    found = next((row for row in rows() if row.code == code and row.holds_on(today)), None)
    if found is None:
        raise InvalidInput(why=f"{FILE.name} has no “{code}” in force on {today}")
    return found


@cache
def rows() -> tuple[Points, ...]:
    """All rows of the table."""
    return tuple(read(FILE, _points))


def _points(cells: Mapping[str, str]) -> Points:
    until = cells["effective_to"]
    return Points(
        cells["code"],
        int(cells["points"]),
        cells["zh"],
        cells["en"],
        date.fromisoformat(cells["effective_from"]),
        date.fromisoformat(until) if until else None,
    )
