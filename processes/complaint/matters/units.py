"""The units that a case concerns, for those who see only a part of the institution."""

from collections.abc import Iterable
from typing import Any

from processes.complaint import units
from processes.complaint.matters.record import MatterRecord


def units_of(record: Any) -> Iterable[str | None]:
    """Of a companion case its own unit and those of its complaint; of a complaint see `processes.complaint.units`."""
    if not isinstance(record, MatterRecord):
        return units.units_of(record)
    return (record.row.unit, *(record.source.get(name) for name in ("accused_unit", "received_by_unit")))
