"""Who must not review a complaint: the rules of `access_rules` hold in companion cases too, and this one besides."""

from sqlalchemy.orm import Session

from engine.applications import TaskFacts
from engine.errors import NotAllowed
from processes.complaint.access_rules import concerned, roles_in

#: An element property: whoever acted in the complaint may not do this task.
NOT_INVOLVED = "not_involved"

#: Roles in a complaint that have no part in its decision.
HARMLESS = frozenset({"followup", "qa", "liaison"})


def refuse_first_decision(session: Session, facts: TaskFacts) -> None:
    """A review is done by people who took no part in the first decision (order No. 3 Art. 20); raises NotAllowed."""
    if facts.properties.get(NOT_INVOLVED) != "true":
        return
    complaint = concerned(session, facts.instance_id)
    if complaint is not None and (
        roles_in(session, complaint, facts) - HARMLESS or facts.username == complaint.handler
    ):
        raise NotAllowed("You took part in the first decision; another person must review it (order No. 3, Art. 20).")
