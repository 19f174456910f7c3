"""The institution's units: the table `organisation` as a tree and as a list of codes, and what a complaint concerns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from engine import access, clock, reference
from engine.organisation import Organisation, Unit, read


def organisation() -> Organisation:
    """The units as they stand today."""
    return _on(clock.now().astimezone(clock.zone()).date())


def open_units() -> list[Unit]:
    """The units that can be chosen today: all but those that were closed."""
    today = clock.now().astimezone(clock.zone()).date()
    return [unit for unit in organisation() if unit.effective_to is None or unit.effective_to >= today]


def units_of(record: Any) -> Iterable[str | None]:
    """The units that a complaint or companion case concerns: those at its `unit_paths`, and those of its groups.

    Groups at its `group_paths` may be on a unit, as `dept_it@HQ.IT`.
    """
    yield from (record.get(path) for path in record.unit_paths)
    for path in record.group_paths:
        found = record.get(path)
        groups = found if isinstance(found, list) else [found or ""]
        yield from (access.parts(group)[1] for group in groups)


@reference.derived("organisation")
def _on(day: date) -> Organisation:
    return read(reference.rows("organisation"), day)
