"""Who must not do a task of a companion case because of the complaint that it is about."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access
from engine.applications import TaskFacts
from engine.errors import NotAllowed
from engine.models import Person
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.tables import Complaint

#: An element property: whoever acted in the complaint may not do this task.
NOT_INVOLVED = "not_involved"

#: Roles in a complaint that have no part in its decision.
HARMLESS = frozenset({"followup", "qa", "liaison"})


def refuse_named(session: Session, facts: TaskFacts) -> None:
    """Staff named in a complaint do nothing in the cases about it (recusal, order No. 3 Art. 17); raises NotAllowed."""
    complaint = _complaint(session, facts)
    if complaint is None or not (complaint.accused_staff or complaint.sales_staff):
        return
    username = session.scalar(select(Person.username).where(Person.id == facts.person_id))
    if username is not None and username in {*complaint.accused_staff, complaint.sales_staff}:
        raise NotAllowed("The complaint that this case is about concerns you; another person must do this step.")


def refuse_first_decision(session: Session, facts: TaskFacts) -> None:
    """A review is done by people who took no part in the first decision (order No. 3 Art. 20); raises NotAllowed."""
    if facts.properties.get(NOT_INVOLVED) != "true":
        return
    complaint = _complaint(session, facts)
    if complaint is None:
        return
    roles = access.acted(session, complaint.instance_id).get(facts.person_id, frozenset())
    username = session.scalar(select(Person.username).where(Person.id == facts.person_id))
    if roles - HARMLESS or (username is not None and username == complaint.handler):
        raise NotAllowed("You took part in the first decision; another person must review it (order No. 3, Art. 20).")


def _complaint(session: Session, facts: TaskFacts) -> Complaint | None:
    matter = session.get(ComplaintMatter, facts.instance_id)
    return session.get(Complaint, matter.complaint_id) if matter is not None and matter.complaint_id else None
