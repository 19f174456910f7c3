"""What people are told of the ways to complain: channels, addresses, periods, and whom else they can turn to.

All of it stands in tables: `ways`, `addresses`, `deadlines`, `regimes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import clock, reference
from engine.reference import Validity
from processes.complaint import codes
from processes.complaint.counting import Period
from processes.complaint.deadlines import law, regime_label
from processes.complaint.tenant import home
from processes.complaint.units import organisation

_VALIDITY = Validity()

#: What consumers are promised, and what they may do themselves.
PURPOSES = ("acknowledge", "decision", "review", "consumer")


@dataclass(frozen=True)
class Way:
    """A way to complain, or somebody to turn to, in one language."""

    whose: str
    channel: str
    text: str
    hours: str


@dataclass(frozen=True)
class Address:
    """Where a unit is found, in one language."""

    unit: str
    text: str
    phone: str
    hours: str


@dataclass(frozen=True)
class Promise:
    """One period: `purpose` is one of PURPOSES; `is_longer`: it holds when the usual one is not enough."""

    purpose: str
    is_longer: bool
    period: Period


def ways(language: str) -> Sequence[Way]:
    """All ways in force today, without those whose channel is closed."""
    opened = {code["value"] for code in codes.codes("channel")}
    return [
        Way(row["whose"], row["channel"], row[_short(language)], row[f"hours_{_short(language)}"])
        for row in _in_force("ways")
        if not row["channel"] or row["channel"] in opened
    ]


def addresses(language: str) -> Sequence[Address]:
    """The addresses in force today of units that are open."""
    tree = organisation()
    short = _short(language)
    return [
        Address(tree[row["unit"]].name(language), row[short], row["phone"], row[f"hours_{short}"])
        for row in _in_force("addresses")
        if row["unit"] in tree
    ]


def promises(language: str) -> Sequence[tuple[str, Sequence[Promise]]]:
    """The periods in force today where the institution is at home, under the names of their regimes."""
    today = clock.today()
    found: dict[str, list[Promise]] = {}
    for row in law().in_force(today):
        if row.purpose in PURPOSES and row.jurisdiction == home() and row.period.limit:
            found.setdefault(row.regime, []).append(Promise(row.purpose, bool(row.extension_of), row.period))
    order = PURPOSES.index
    return [
        (regime_label(regime, language), sorted(rows, key=lambda row: order(row.purpose)))
        for regime, rows in found.items()
    ]


def _in_force(table: str) -> list[reference.Row]:
    today = clock.today()
    return [row for row in reference.rows(table) if _VALIDITY.begins(row) <= today <= _VALIDITY.ends(row)]


def _short(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"
