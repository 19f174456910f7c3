"""Partners: who they are (table `partners`), and how co-operation moves their score (table `partner_points`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine import clock, reference
from engine.errors import InvalidInput
from processes.complaint.deadlines import Dated, dated
from processes.complaint.sheets import made

#: The score of a partner of whom nothing is known; it never falls below zero nor rises above this.
FULL = 100


@dataclass(frozen=True, kw_only=True)
class Partner(Dated):
    """One partner: whom to write to, and in which language."""

    key: str
    zh: str
    en: str
    email: str
    language: str

    def name(self, language: str) -> str:
        """The partner's name in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, kw_only=True)
class Conduct(Dated):
    """What one conduct (code of partner_conduct) does to the score."""

    code: str
    points: int


def partner(key: str | None) -> Partner:
    """The partner `key` as it is today, or as it was last; raises InvalidInput when there is none."""
    rows, today = [row for row in _partners() if row.key == key], clock.today()
    if not rows:
        raise InvalidInput(why=f"the table of partners has no “{key or ''}”")
    return next((row for row in rows if row.holds_on(today)), rows[-1])


def name_of(key: str | None, language: str) -> str | None:
    """The name of the partner `key`, None where nobody is named."""
    return partner(key).name(language) if key else None


def points_for(conduct: str) -> int:
    """What an answer of this `conduct` (code of partner_conduct) does to the score; raises InvalidInput."""
    today = clock.today()
    found = next((row.points for row in _conducts() if row.code == conduct and row.holds_on(today)), None)
    if found is None:
        raise InvalidInput(why=f"the table of points has no “{conduct}” in force on {today}")
    return found


def score_of(points: Iterable[int]) -> int:
    """The score after all `points`, oldest first."""
    score = FULL
    for each in points:
        score = min(FULL, max(0, score + each))
    return score


@reference.derived("partners")
def _partners() -> list[Partner]:
    return made("partners", _partner)


@reference.derived("partner_points")
def _conducts() -> list[Conduct]:
    return made("partner_points", _conduct)


def _partner(cells: Mapping[str, str]) -> Partner:
    return Partner(
        key=cells["key"],
        zh=cells["zh"],
        en=cells["en"],
        email=cells["email"],
        language=cells["language"],
        **dated(cells),
    )


def _conduct(cells: Mapping[str, str]) -> Conduct:
    return Conduct(code=cells["conduct"], points=int(cells["points"]), **dated(cells))
