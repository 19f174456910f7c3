"""Where a complaint goes on once it has ended in another one: for those who send something, or know its number."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.complaint.links.candidates import outline
from processes.complaint.links.chains import leads_to, merged_into
from processes.complaint.links.evidence import is_same_person
from processes.complaint.tables import Complaint


@dataclass(frozen=True)
class Onward:
    """The case in which a merged complaint is dealt with; `number` is empty for another person's case."""

    instance_id: str
    number: str


def dealt_with_in(session: Session, instance_id: str) -> str:
    """The case to which belongs what somebody sends about `instance_id`: itself until it has ended."""
    complaint = session.get(Complaint, instance_id)
    return instance_id if complaint is None or complaint.closed_at is None else leads_to(session, instance_id)


def successor_of_number(session: Session, number: str) -> str | None:
    """The case in which the complaint `number` goes on; None where it does not, and for an unknown number."""
    instance_id = session.scalar(select(Complaint.instance_id).where(Complaint.number == number.strip().upper()))
    found = dealt_with_in(session, instance_id) if instance_id is not None else None
    return None if found == instance_id else found


def onward(session: Session, instance_id: str) -> Onward | None:
    """Where a merged complaint is dealt with; None for one that was not merged."""
    root_id = dealt_with_in(session, instance_id)
    if root_id == instance_id or merged_into(session, instance_id) is None:
        return None
    own, root = session.get_one(Complaint, instance_id), session.get_one(Complaint, root_id)
    told = is_same_person(outline(own), outline(root))
    return Onward(root.instance_id, root.number if told else "")
