"""Partners: who they are (`data/partners.csv`), and how co-operation moves their score (`data/partner_points.csv`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from engine.errors import InvalidInput
from processes.complaint.deadlines import DATA
from processes.complaint.sheets import read

#: The score of a partner of whom nothing is known; it never falls below zero nor rises above this.
FULL = 100


@dataclass(frozen=True)
class Partner:
    """One partner: whom to write to, and in which language."""

    key: str
    zh: str
    en: str
    email: str
    language: str

    def name(self, language: str) -> str:
        """The partner's name in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


def partner(key: str | None) -> Partner:
    """The partner `key`; raises InvalidInput when there is none."""
    found = _partners().get(key or "")
    if found is None:
        raise InvalidInput(why=f"the table of partners has no “{key or ''}”")
    return found


def name_of(key: str | None, language: str) -> str | None:
    """The name of the partner `key`, None where nobody is named."""
    return partner(key).name(language) if key else None


def points_for(conduct: str) -> int:
    """What an answer of this `conduct` (code of partner_conduct) does to the score; raises InvalidInput."""
    found = _points()
    if conduct not in found:
        raise InvalidInput(why=f"the table of points has no “{conduct}”")
    return found[conduct]


def score_of(points: Iterable[int]) -> int:
    """The score after all `points`, oldest first."""
    score = FULL
    for each in points:
        score = min(FULL, max(0, score + each))
    return score


@cache
def _partners() -> Mapping[str, Partner]:
    return {row.key: row for row in read(DATA / "partners.csv", _partner)}


@cache
def _points() -> Mapping[str, int]:
    return dict(read(DATA / "partner_points.csv", lambda cells: (cells["conduct"], int(cells["points"]))))


def _partner(cells: Mapping[str, str]) -> Partner:
    return Partner(cells["key"], cells["zh"], cells["en"], cells["email"], cells["language"])
