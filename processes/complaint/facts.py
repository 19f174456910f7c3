"""Plain values of a complaint that have no column of their own."""

from typing import Any

from engine import values
from processes.complaint.tables import Complaint


def fact(complaint: Complaint, path: str) -> Any:
    """A plain value that has no column of its own."""
    return values.loads_item(complaint.facts, path)


def set_fact(complaint: Complaint, path: str, value: Any) -> None:
    """Keep a plain value that has no column of its own."""
    complaint.facts = values.dumps({**values.loads(complaint.facts), path: value})
