"""Writing links: rows only. Who may, and what history says of it, is decided by those who call."""

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from engine.errors import ConcurrentUpdate
from engine.models import ProcessInstance
from processes.complaint.links.candidates import outline
from processes.complaint.links.chains import MERGED, leads_to
from processes.complaint.links.evidence import is_other_person
from processes.complaint.links.refusals import NoSuchComplaint, OtherPerson, RootClosed, SameComplaint
from processes.complaint.links.related import forget
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.tables import Complaint


def link_of(session: Session, one: str, other: str) -> ComplaintLink | None:
    """What was decided about two cases, in whichever direction."""
    pair = (one, other)
    query = select(ComplaintLink).where(ComplaintLink.from_id.in_(pair), ComplaintLink.to_id.in_(pair))
    return session.scalar(query)


def links_of(session: Session, instance_id: str) -> list[ComplaintLink]:
    """All links of a case, the oldest first."""
    touching = or_(ComplaintLink.from_id == instance_id, ComplaintLink.to_id == instance_id)
    order = (ComplaintLink.at, ComplaintLink.from_id, ComplaintLink.to_id)
    return list(session.scalars(select(ComplaintLink).where(touching).order_by(*order)))


def join(session: Session, from_id: str, to_id: str, kind: str, *, by: str, at: datetime) -> ComplaintLink:
    """Link two cases: the newer one, or the one that goes on in the other, comes first."""
    link = ComplaintLink(from_id=from_id, to_id=to_id, kind=kind, by=by, at=at)
    session.add(link)
    forget(session)
    return link


def root_for(session: Session, complaint: Complaint, named_id: str) -> Complaint:
    """The open complaint that `complaint` can be merged into when somebody names another one: the root of that one.

    Raises SameComplaint, RootClosed, and OtherPerson: those are linked as a group, never merged.
    """
    root = session.get_one(Complaint, leads_to(session, named_id))
    if root.instance_id == complaint.instance_id:
        raise SameComplaint(number=root.number)
    if root.closed_at is not None:
        raise RootClosed(number=root.number)
    if is_other_person(outline(complaint), outline(root)):
        raise OtherPerson(number=root.number)
    return root


def case_called(session: Session, number: str) -> str:
    """The instance of the complaint `number`; raises NoSuchComplaint."""
    wanted = number.strip().upper()
    instance_id = session.scalar(select(Complaint.instance_id).where(Complaint.number == wanted))
    if instance_id is None:
        raise NoSuchComplaint(number=wanted)
    return instance_id


def hold(session: Session, instance_id: str) -> None:
    """Keep a second case from moving until this transaction ends; raises ConcurrentUpdate when it is moving already.

    For those who hold another case: waiting here could wait for ever.
    """
    locked = select(ProcessInstance.id).where(ProcessInstance.id == instance_id).with_for_update(skip_locked=True)
    if session.scalar(locked) is None:
        raise ConcurrentUpdate


def part(session: Session, instance_id: str, kind: str = MERGED) -> None:
    """Take back the links of `kind` by which a case goes on in another one."""
    session.execute(delete(ComplaintLink).where(ComplaintLink.from_id == instance_id, ComplaintLink.kind == kind))
    forget(session)
