"""The law as data: which periods there are, since when they hold, and how each may be extended.

The table `deadlines` holds one row per period and time of validity; `extensions` one row per lawful extension.
A complaint is measured by the row that was in force on the day of its trigger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine import reference
from engine.errors import InvalidInput
from processes.complaint.counting import Period
from processes.complaint.sheets import made

DATA = Path(__file__).parent / "data"

#: Clock of a date that somebody else stated, as in a hand-over of the 12345 line; it has no row in the table.
MANUAL = "MANUAL"


@dataclass(frozen=True)
class Deadline:
    """One period of one regime, in force from `effective_from` (or ever) to `effective_to` (inclusive, or for good)."""

    id: str
    regime: str
    jurisdiction: str
    #: acknowledge, decision, review, early, consumer, authority or retention: what is measured
    purpose: str
    step: str
    #: name of the event that starts it
    trigger: str
    period: Period
    stage: str
    #: the deadline that this one lengthens, or empty
    extension_of: str
    #: reasons of pauses that stop it
    pauses: frozenset[str]
    restarts: bool
    effective_from: date | None
    effective_to: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        """Whether this row was in force on `day`."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True)
class Extension:
    """Who may lengthen the period `from_id` to `to_id` for complaints of `level` (empty: any)."""

    from_id: str
    to_id: str
    level: str
    #: tiers of approvers, as t1 or superior
    approvers: tuple[str, ...]
    #: `mandatory`: holds only once the consumer was told before the old due moment; `default`: told by our rule; `none`
    notice: str
    source: str


class Deadlines:
    """All rows of the two tables."""

    def __init__(self, deadlines: Iterable[Deadline], extensions: Iterable[Extension] = ()) -> None:
        self._deadlines = list(deadlines)
        self._extensions = list(extensions)

    def find(self, id: str, on: date) -> Deadline:  # noqa: A002 - the field's own name
        """The row `id` in force on `on`; raises InvalidInput when there is none."""
        found = next((row for row in self._deadlines if row.id == id and row.holds_on(on)), None)
        if found is None:
            raise InvalidInput(why=f"the table of deadlines has no “{id}” in force on {on}")
        return found

    def extension(self, from_id: str, level: str) -> Extension | None:
        """The lawful extension of `from_id` for a complaint of `level`, the row for that very level first."""
        rows = [row for row in self._extensions if row.from_id == from_id and row.level in {"", level}]
        return max(rows, key=lambda row: row.level, default=None)


@reference.derived("deadlines", "extensions")
def law() -> Deadlines:
    """The tables in force; raises InvalidInput naming table and row when a row cannot be read."""
    return Deadlines(made("deadlines", _deadline), made("extensions", _extension))


def _deadline(cells: Mapping[str, str]) -> Deadline | None:
    if not cells["limit"]:  # the law says "promptly": a text for people, nothing to count
        return None
    return Deadline(
        id=cells["id"],
        regime=cells["regime"],
        jurisdiction=cells["jurisdiction"],
        purpose=cells["purpose"],
        step=cells["step"],
        trigger=cells["trigger"],
        period=Period(int(cells["limit"]), _unit(cells["unit"]), cells["roll"] == "Y"),
        stage=cells["stage"],
        extension_of=cells["extension_of"],
        pauses=frozenset(_codes(cells["pause"])),
        restarts=cells["restart_on_new_facts"] == "yes",
        effective_from=_date(cells["effective_from"]),
        effective_to=_date(cells["effective_to"]),
        source=cells["source"],
    )


def _extension(cells: Mapping[str, str]) -> Extension:
    return Extension(
        from_id=cells["from_id"],
        to_id=cells["to_id"],
        level=cells["level"],
        approvers=_codes(cells["approvers"]),
        notice=cells["notice"],
        source=cells["source"],
    )


def _unit(text: str) -> str:
    if text not in {"CD", "BD", "H", "W", "M", "Y"}:
        raise ValueError(f"“{text}” is no unit: CD, BD, H, W, M or Y")
    return text


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split("|") if code and code != "none")
