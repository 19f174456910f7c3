"""What each evidence of a duplicate counts, and from how many points on it is shown: the table `duplicate_scores`."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import clock, reference
from engine.errors import InvalidInput
from processes.complaint.deadlines import Dated, dated
from processes.complaint.sheets import made

#: The bands from the highest; below the last nothing is shown.
BANDS = ("certain", "probable", "possible")


@dataclass(frozen=True, kw_only=True)
class Points(Dated):
    """One row: an evidence and its points, or a band and the points from which it begins."""

    code: str
    points: int
    zh: str
    en: str

    def label(self, language: str) -> str:
        """The words for people, in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


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
    today = clock.today()
    found = next((row for row in rows() if row.code == code and row.holds_on(today)), None)
    if found is None:
        raise InvalidInput(why=f"the table of duplicate scores has no “{code}” in force on {today}")
    return found


@reference.derived("duplicate_scores")
def rows() -> tuple[Points, ...]:
    """All rows of the table."""
    return tuple(made("duplicate_scores", _points))


def _points(cells: Mapping[str, str]) -> Points:
    return Points(code=cells["code"], points=int(cells["points"]), zh=cells["zh"], en=cells["en"], **dated(cells))
