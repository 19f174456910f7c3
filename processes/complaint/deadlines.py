"""The law as data: which periods there are, since when they hold, and how each may be extended.

The table `deadlines` holds one row per period and time of validity, `extensions` one per lawful extension (or that
there is none), `pauses` what stops the periods of a regime, `regimes` the regimes themselves.
A complaint is measured by the rows that were in force on the day of its trigger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine import clock, reference
from engine.errors import InvalidInput
from processes.complaint.counting import Period
from processes.complaint.sheets import made

DATA = Path(__file__).parent / "data"

#: Clock of a date that somebody else stated, as in a hand-over of the 12345 line; it has no row in the table.
MANUAL = "MANUAL"


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A row in force from `effective_from` (or ever) to `effective_to` (inclusive, or for good), and its `source`."""

    effective_from: date | None
    effective_to: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        """Whether this row was in force on `day`."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)


@dataclass(frozen=True, kw_only=True)
class Deadline(Dated):
    """One period of one regime."""

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


@dataclass(frozen=True, kw_only=True)
class Extension(Dated):
    """Who may lengthen the period `from_id` to `to_id`, if anybody, for complaints of `level` (empty: any)."""

    from_id: str
    #: empty: the period cannot be lengthened
    to_id: str
    level: str
    #: tiers of approvers, as t1 or superior
    approvers: tuple[str, ...]
    #: `mandatory`: holds only once the consumer was told before the old due moment; `default`: told by our rule;
    #: `delay`: no extension, but the consumer is told of the delay; `none`
    notice: str


@dataclass(frozen=True, kw_only=True)
class PauseRule(Dated):
    """Whether `reason` (`*`: any other) stops the periods of `regime`."""

    regime: str
    reason: str
    stops: bool
    #: no more than so many working days in all
    most: int | None
    #: only where the consumer is told within so many working days after its first day
    told_within: int | None


@dataclass(frozen=True, kw_only=True)
class Regime(Dated):
    """One body of rules, named in both languages; whether the parties may agree on other dates than its own."""

    id: str
    jurisdiction: str
    zh: str
    en: str
    agreed_date: bool

    def label(self, language: str) -> str:
        """Its name in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en


class Deadlines:
    """All rows of the four tables."""

    def __init__(
        self,
        deadlines: Iterable[Deadline],
        extensions: Iterable[Extension] = (),
        pauses: Iterable[PauseRule] = (),
        regimes: Iterable[Regime] = (),
    ) -> None:
        self._deadlines = list(deadlines)
        self._extensions = list(extensions)
        self._pauses = list(pauses)
        self._regimes = list(regimes)

    def find(self, id: str, on: date) -> Deadline:  # noqa: A002 - the field's own name
        """The row `id` in force on `on`; raises InvalidInput when there is none."""
        found = next((row for row in self._deadlines if row.id == id and row.holds_on(on)), None)
        if found is None:
            raise InvalidInput(why=f"the table of deadlines has no “{id}” in force on {on}")
        return found

    def in_force(self, on: date) -> list[Deadline]:
        """All rows in force on `on`, in the order of the table."""
        return [row for row in self._deadlines if row.holds_on(on)]

    def extension(self, from_id: str, level: str, on: date) -> Extension | None:
        """What holds on `on` for lengthening `from_id` for a complaint of `level`, the row for that level first."""
        rows = [row for row in self._extensions if row.from_id == from_id and row.level in {"", level}]
        return max((row for row in rows if row.holds_on(on)), key=lambda row: row.level, default=None)

    def pause_rule(self, regime: str, reason: str, on: date) -> PauseRule | None:
        """What holds on `on` for a pause of `regime` for `reason`, the row for that reason first."""
        rows = [row for row in self._pauses if row.regime == regime and row.reason in {"*", reason}]
        return max((row for row in rows if row.holds_on(on)), key=lambda row: row.reason, default=None)

    def regime(self, id: str, on: date) -> Regime | None:  # noqa: A002
        """The regime `id` as it holds on `on`."""
        return next((row for row in self._regimes if row.id == id and row.holds_on(on)), None)


def regime_label(regime: str | None, language: str) -> str:
    """FEEL function: what the regime `regime` is called today in `language` (`zh` or `en`); itself when unknown."""
    known = law().regime(regime or "", clock.today())
    return known.label(language) if known else regime or ""


@reference.derived("deadlines", "extensions", "pauses", "regimes")
def law() -> Deadlines:
    """The tables in force; raises InvalidInput naming table and row when a row cannot be read."""
    return Deadlines(
        made("deadlines", _deadline),
        made("extensions", _extension),
        made("pauses", _pause_rule),
        made("regimes", _regime),
    )


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
        **dated(cells),
    )


def _extension(cells: Mapping[str, str]) -> Extension:
    return Extension(
        from_id=cells["from_id"],
        to_id=cells["to_id"],
        level=cells["level"],
        approvers=_codes(cells["approvers"]),
        notice=cells["notice"],
        **dated(cells),
    )


def _pause_rule(cells: Mapping[str, str]) -> PauseRule:
    if cells["most"] and cells["most_unit"] != "BD":
        raise ValueError(f"the most that a pause lasts is counted in BD, not in “{cells['most_unit']}”")
    return PauseRule(
        regime=cells["regime"],
        reason=cells["reason"],
        stops=cells["stops"] == "yes",
        most=int(cells["most"]) if cells["most"] else None,
        told_within=int(cells["told_within"]) if cells["told_within"] else None,
        **dated(cells),
    )


def _regime(cells: Mapping[str, str]) -> Regime:
    return Regime(
        id=cells["id"],
        jurisdiction=cells["jurisdiction"],
        zh=cells["zh"],
        en=cells["en"],
        agreed_date=cells["agreed_date"] == "yes",
        **dated(cells),
    )


def dated(cells: Mapping[str, str]) -> dict[str, Any]:
    """The cells that every dated row has, as `Dated` takes them; some tables name no source."""
    return {
        "effective_from": _date(cells["effective_from"]),
        "effective_to": _date(cells["effective_to"]),
        "source": cells.get("source", ""),
    }


def _unit(text: str) -> str:
    if text not in {"CD", "BD", "H", "W", "M", "Y"}:
        raise ValueError(f"“{text}” is no unit: CD, BD, H, W, M or Y")
    return text


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split("|") if code and code != "none")
