"""Who must not touch a complaint, beyond the roles that the diagram keeps apart (recusal, order No. 3 Art. 17)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.applications import TaskFacts
from engine.errors import NotAllowed
from engine.models import Person
from processes.complaint.tables import Complaint


def refuse_accused(session: Session, facts: TaskFacts) -> None:
    """Staff named in a complaint, or who sold what it is about, do nothing in it; raises NotAllowed."""
    complaint = session.get(Complaint, facts.instance_id)
    if complaint is None or not (complaint.accused_staff or complaint.sales_staff):
        return
    username = session.scalar(select(Person.username).where(Person.id == facts.person_id))
    if username in complaint.accused_staff:
        raise NotAllowed("You are named in this complaint; another person must do this step.")
    if username is not None and username == complaint.sales_staff:
        raise NotAllowed("You sold what this complaint is about; another person must do this step.")
