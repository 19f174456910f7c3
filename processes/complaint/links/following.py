"""Where a consumer's complaint goes on, as the consumer may know it."""

from dataclasses import dataclass

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


def onward(session: Session, instance_id: str) -> Onward | None:
    """Where a merged complaint is dealt with; None for one that was not merged."""
    if merged_into(session, instance_id) is None:
        return None
    own = session.get_one(Complaint, instance_id)
    if own.closed_at is None:  # somebody wants to merge it; the process has not done so yet
        return None
    root = session.get_one(Complaint, leads_to(session, instance_id))
    told = is_same_person(outline(own), outline(root))
    return Onward(root.instance_id, root.number if told else "")
