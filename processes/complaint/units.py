"""The institution's units: the table `organisation` as a tree and as a list of codes, and what a complaint concerns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from engine import access, clock, reference
from engine.organisation import Organisation, Unit, read

#: Paths of the record that name a unit.
UNIT_PATHS = ("unit", "received_by_unit", "accused_unit", "institution_unit")


def organisation() -> Organisation:
    """The units as they stand today."""
    return _on(clock.now().astimezone(clock.zone()).date())


def open_units() -> list[Unit]:
    """The units that can be chosen today: all but those that were closed."""
    today = clock.now().astimezone(clock.zone()).date()
    return [unit for unit in organisation() if unit.effective_to is None or unit.effective_to >= today]


def units_of(record: Any) -> Iterable[str | None]:
    """The units that a complaint concerns: responsible, receiving, complained about, and those that help.

    The last are named by groups, maybe on a unit, as `dept_it@HQ.IT`.
    """
    yield from (record.get(path) for path in UNIT_PATHS)
    yield from (access.parts(group)[1] for group in [record.get("owner_unit") or "", *record.get("co_units")])


@reference.derived("organisation")
def _on(day: date) -> Organisation:
    return read(reference.rows("organisation"), day)
