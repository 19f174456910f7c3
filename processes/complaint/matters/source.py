"""The complaint that a companion case is about, as that case sees it: plain values, read-only."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import InvalidInput
from processes.complaint.facts import fact
from processes.complaint.tables import Complaint


class Source(Protocol):
    """Where the paths `complaint.…` of a companion case come from."""

    def get(self, name: str) -> Any:
        """The value of the complaint's `name`, None where there is no complaint."""

    def connect(self, number: str | None) -> str | None:
        """The instance id of the complaint `number`; raises InvalidInput when there is none."""


class InDatabase:
    """The complaint with the instance id `complaint_id`, read when first asked for."""

    def __init__(self, session: Session, complaint_id: str | None) -> None:
        self._session, self._id = session, complaint_id

    def get(self, name: str) -> Any:
        """See Source."""
        complaint = self._session.get(Complaint, self._id) if self._id else None
        if complaint is None:
            return None
        read = _READERS.get(name)
        return read(complaint) if read else getattr(complaint, name)

    def connect(self, number: str | None) -> str | None:
        """See Source."""
        self._id = None
        if number:
            wanted = number.strip().upper()
            self._id = self._session.scalar(select(Complaint.instance_id).where(Complaint.number == wanted))
            if self._id is None:
                raise InvalidInput("There is no complaint {number}.", number=wanted)
        return self._id


class Given:
    """A complaint of a dry run: what its scenario says."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def get(self, name: str) -> Any:
        """See Source."""
        return self._values.get(name)

    def connect(self, number: str | None) -> str | None:
        """See Source."""
        self._values["number"] = number
        return number


#: What of a complaint has no column of its own.
_READERS: Mapping[str, Callable[[Complaint], Any]] = {
    "branch_decision": lambda row: fact(row, "branch_decision") is not False,
    "affected_persons": lambda row: fact(row, "affected_persons"),
    "unit": lambda row: fact(row, "unit"),
}
