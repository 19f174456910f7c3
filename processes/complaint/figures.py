"""Figures that decisions ask for and that follow from the case alone."""

from collections.abc import Callable, Mapping
from typing import Any

from engine import clock
from processes.complaint.clocks import DECISION, Clocks
from processes.complaint.tables import ComplaintClock


def answered_late(clocks: Clocks) -> bool:
    """Whether any period for the decision was missed, or is being missed."""
    return any(_is_late(row) for row in clocks.complaint.clocks if row.purpose == DECISION)


def _is_late(row: ComplaintClock) -> bool:
    return row.due_at is not None and (row.met_at or row.ended_at or clock.now()) > row.due_at


#: path → what it answers
READINGS: Mapping[str, Callable[[Clocks], Any]] = {"answered_late": answered_late}
