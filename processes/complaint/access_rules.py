"""Who must not touch a complaint: recusal (order No. 3 of 2020, Art. 17) and the separation of duties.

The law asks that people with an interest stay away; the rows are ours. Each rule says of which roles it keeps somebody;
the role of a task is the `role` property of its element. In a companion case (review, rectification …) the complaint
that it is about counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import access, clock
from engine.applications import TaskFacts
from engine.errors import NotAllowed
from engine.models import ProcessInstance
from processes.complaint.facts import fact
from processes.complaint.matters.kinds import KINDS
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.tables import Complaint
from processes.complaint.units import organisation

Row = TypeVar("Row", ProcessInstance, Complaint, ComplaintMatter)

#: How long a complaint about a person lets them not handle the next one of the same complainant.
RECENT = timedelta(days=180)

#: Reasons and flags that say that a complaint is about conduct.
CONDUCT_REASONS = frozenset({"C.ATT", "C.COLL"})
CONDUCT_FLAG = "staff_misconduct"

#: Kind of a unit → the groups of which those who hold one on the unit head it.
HEADS: Mapping[str, frozenset[str]] = {
    "outlet": frozenset({"approver_t2", "approver_t3"}),
    "branch": frozenset({"approver_t3", "approver_t4"}),
    "department": frozenset({"approver_t1", "approver_t2", "approver_t3", "approver_t4"}),
    "partner": frozenset({"approver_t1", "approver_t2"}),
    "head": frozenset({"approver_t5"}),
}


class Recused(NotAllowed):
    """Another person must do this step (recusal, order No. 3 of 2020, Art. 17)."""


class NamedInComplaint(Recused):
    """Staff named in a complaint do nothing in it; another person must (order No. 3 of 2020, Art. 17; rule 1)."""


class OfAccusedUnit(Recused):
    """The complaint is about conduct in this person's unit; another unit must act (order No. 3, Art. 17; rule 2)."""


class DidTheBusiness(Recused):
    """This person sold or decided the disputed business; another must act (order No. 3, Art. 17; rule 3)."""


class DeclaredInterest(Recused):
    """This person declared an interest in the case; another must act (order No. 3, Art. 17; rule 4)."""


class HeadOfAccusedUnit(Recused):
    """This person heads the unit complained about; the superior unit must act (order No. 3, Art. 17; rule 5)."""


class TookPartInDecision(Recused):
    """This person took part in the first decision; another must act (order No. 3, Art. 17; rule 6)."""


class IsHandler(Recused):
    """Who handles a case does not approve, follow up or check it; another person must (recusal rule 7)."""


class ComplainantObjected(Recused):
    """The complainant's objection to this person was accepted; another must act (order No. 3, Art. 17; rule 8)."""


class AccusedRecently(Recused):
    """The complainant has a case about this person; a lead may still assign it, with a reason (recusal rule 9)."""


@dataclass(frozen=True)
class Rule:
    """One row of the table: whoever it `bars` must not do tasks of its roles; without roles, no task at all."""

    error: type[Recused]
    bars: Callable[[Session, Complaint, TaskFacts], bool]
    roles: frozenset[str] = frozenset()
    #: a lead may insist, with a reason
    advises: bool = False

    def __call__(self, session: Session, facts: TaskFacts) -> None:
        """Raises the rule's error for a person whom it bars."""
        if self.roles and facts.properties.get("role", "") not in self.roles:
            return
        if self.advises and facts.insisted:
            return
        complaint = concerned(session, facts.instance_id)
        if complaint is not None and self.bars(session, complaint, facts):
            raise self.error


def concerned(session: Session, instance_id: str) -> Complaint | None:
    """The complaint that a case is, or that a companion case is about."""
    instance = _kept(session, ProcessInstance, instance_id)
    if instance is None or instance.key not in KINDS:
        return _kept(session, Complaint, instance_id)
    matter = _kept(session, ComplaintMatter, instance_id)
    return _kept(session, Complaint, matter.complaint_id) if matter is not None and matter.complaint_id else None


def _kept(session: Session, table: type[Row], instance_id: str) -> Row | None:
    """The row, kept as long as the session: many rules ask for it one after the other."""
    kept: dict[tuple[type[Row], str], Row] = session.info.setdefault("rows of access rules", {})
    if (table, instance_id) not in kept:
        row = session.get(table, instance_id)
        if row is None:
            return None
        kept[table, instance_id] = row
    return kept[table, instance_id]


def roles_in(session: Session, complaint: Complaint, facts: TaskFacts) -> frozenset[str]:
    """The roles in which the person acted in the complaint, also where the task is one of a companion case."""
    if facts.instance_id == complaint.instance_id:
        return facts.acted.get(facts.person_id, frozenset())
    known: dict[str, access.Acted] = session.info.setdefault("acted in the complaint", {})
    acted = known.setdefault(complaint.instance_id, access.Acted(session, complaint.instance_id))
    return acted.get(facts.person_id, frozenset())


def _is_named(_session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    return facts.username in complaint.accused_staff


def _is_of_accused_unit(_session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    """Whether a right of theirs is granted on the unit, or on a department below: they work there."""
    conduct = complaint.cat_c in CONDUCT_REASONS or CONDUCT_FLAG in complaint.flags or bool(complaint.accused_staff)
    tree, accused = organisation(), complaint.accused_unit or ""
    if not conduct or accused not in tree or tree[accused].kind == "head":
        return False
    own = {unit for _, unit in facts.held_on}
    departments = {unit.key for unit in tree.below(accused) if unit.kind == "department"}
    return not own.isdisjoint({accused, *departments})


def _did_the_business(_session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    return bool(complaint.sales_staff) and facts.username == complaint.sales_staff


def _declared_interest(_session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    return facts.username in (fact(complaint, "declared") or ())


def _heads_accused_unit(_session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    tree, unit = organisation(), complaint.accused_unit
    if unit is None or unit not in tree:
        return False
    return any((group, unit) in facts.held_on for group in HEADS[tree[unit].kind])


def _took_part(session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    return not roles_in(session, complaint, facts).isdisjoint({"handler", "approver"})


def _is_handler(session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    drafted = "handler" in roles_in(session, complaint, facts)
    return drafted or (complaint.handler is not None and facts.username == complaint.handler)


def _was_objected_to(_session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    return facts.username in (fact(complaint, "recused") or ())


def _accused_recently(session: Session, complaint: Complaint, facts: TaskFacts) -> bool:
    return facts.username in _accused_by_the_same_person(session, complaint)


def _accused_by_the_same_person(session: Session, complaint: Complaint) -> frozenset[str]:
    """Whom the complainant's other open complaints name; asked once in a session, as many people are tried."""
    known: dict[str, frozenset[str]] = session.info.setdefault("accused by the same person", {})
    if complaint.instance_id not in known:
        indexes = ("id_index", "mobile_index", "email_index")
        same = [getattr(Complaint, name) == getattr(complaint, name) for name in indexes if getattr(complaint, name)]
        if not same:
            return frozenset()
        others = select(Complaint.accused_staff).where(
            or_(*same),
            Complaint.instance_id != complaint.instance_id,
            Complaint.closed_at.is_(None),
            Complaint.received_at >= clock.now() - RECENT,
        )
        named = session.scalars(others)
        known[complaint.instance_id] = frozenset(username for staff in named for username in staff)
    return known[complaint.instance_id]


#: In the order of the table of recusals.
RULES = (
    Rule(NamedInComplaint, _is_named),
    Rule(OfAccusedUnit, _is_of_accused_unit, frozenset({"handler", "approver", "followup", "qa"})),
    Rule(DidTheBusiness, _did_the_business, frozenset({"handler", "approver", "reviewer"})),
    Rule(DeclaredInterest, _declared_interest),
    Rule(HeadOfAccusedUnit, _heads_accused_unit, frozenset({"approver", "reviewer"})),
    Rule(TookPartInDecision, _took_part, frozenset({"reviewer", "qa"})),
    Rule(IsHandler, _is_handler, frozenset({"followup", "qa", "approver"})),
    Rule(ComplainantObjected, _was_objected_to),
    Rule(AccusedRecently, _accused_recently, frozenset({"handler"}), advises=True),
)
