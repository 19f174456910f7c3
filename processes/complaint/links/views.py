"""What staff see of the complaints around one complaint: candidates, links, and two complaints side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access
from engine.errors import Erased
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.site import Site
from processes.complaint import codes, masking
from processes.complaint.links import points
from processes.complaint.links.candidates import Candidate, candidates, score_of
from processes.complaint.links.commands import REVOCABLE, reason_place
from processes.complaint.links.following import successor_of_number
from processes.complaint.links.joining import case_called, links_of
from processes.complaint.links.refusals import NoSuchComplaint, SameComplaint
from processes.complaint.links.related import related
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.record import ComplaintRecord
from processes.complaint.register import REGISTER
from processes.complaint.tables import Complaint

#: Characters of a story that two complaints are compared by.
EXCERPT = 600


@dataclass(frozen=True)
class Neighbour:
    """Another case. Its name is empty, and it is not to be opened, for somebody who may not see it."""

    instance_id: str
    number: str
    masked_name: str
    may_see: bool


@dataclass(frozen=True)
class CandidateLine:
    """A complaint that may be the same matter, and why."""

    other: Neighbour
    score: int
    #: `certain`, `probable` or `possible`, and its words
    band_code: str
    band: str
    why: Sequence[str]


@dataclass(frozen=True)
class LinkLine:
    """What a person, or the process (`by` is empty), said of two cases; `goes_on`: this one in the other."""

    other: Neighbour
    kind_code: str
    kind: str
    goes_on: bool
    by: str
    at: datetime
    reason: str
    may_be_taken_back: bool


@dataclass(frozen=True)
class Neighbours:
    """The complaints around one complaint."""

    candidates: Sequence[CandidateLine]
    links: Sequence[LinkLine]
    #: how often the same matter came before, and what is proposed and paid on all of it
    repeats: int
    amount_total: Decimal
    #: whether the reader sees the complaint itself in full, and so may link it
    may_link: bool


@dataclass(frozen=True)
class Side:
    """One of two complaints beside each other; personal values masked, empty once erased."""

    number: str
    masked_name: str
    received_at: datetime
    status: str
    category: str
    reason: str
    accused_unit: str
    amount_claimed: Decimal | None
    currency: str
    story: str


@dataclass(frozen=True)
class Comparison:
    """Two complaints, and what the table of duplicates says of them; without points where one person was erased."""

    own: Side
    other: Side
    score: int | None
    why: Sequence[str]


def neighbours(session: Session, site: Site, instance_id: str, actor: Actor, language: str) -> Neighbours:
    """The complaints around one that `actor` may see. Raises NotFound."""
    complaint = REGISTER.open(session, instance_id).complaint
    found = _candidates(session, complaint)
    links = links_of(session, instance_id)
    ids = {each.instance_id for each in found} | {_other(link, instance_id) for link in links}
    visible = _visible(session, site, ids | {instance_id}, actor)
    others = _others(session, ids, visible)
    sums = related(session, complaint)
    return Neighbours(
        candidates=[
            CandidateLine(
                other=others[each.instance_id],
                score=each.score,
                band_code=each.band,
                band=points.label(each.band, language),
                why=[points.label(rule, language) for rule in each.rules],
            )
            for each in found
        ],
        links=[_link_line(session, link, instance_id, others, language) for link in links],
        repeats=sums.repeats(complaint),
        amount_total=sums.total(complaint),
        may_link=instance_id in visible,
    )


def comparison(session: Session, site: Site, instance_id: str, number: str, actor: Actor, language: str) -> Comparison:
    """The complaint beside the one called `number`; raises NoSuchComplaint too where `actor` may not see that one."""
    other_id = case_called(session, number)
    if other_id == instance_id:
        raise SameComplaint(number=number)
    if other_id not in _visible(session, site, {other_id}, actor):
        raise NoSuchComplaint(number=number)
    own, other = REGISTER.open(session, instance_id).complaint, REGISTER.open(session, other_id).complaint
    try:
        score = score_of(session, own, other)
    except Erased:
        return Comparison(_side(session, own, language), _side(session, other, language), None, ())
    why = [points.label(rule, language) for rule in score.rules]
    return Comparison(_side(session, own, language), _side(session, other, language), score.points, why)


def onward(session: Session, site: Site, number: str, actor: Actor) -> Neighbour | None:
    """The case in which the complaint `number` goes on, merged or opened again; None where it does not."""
    found = successor_of_number(session, number)
    return _others(session, {found}, _visible(session, site, {found}, actor))[found] if found is not None else None


def _candidates(session: Session, complaint: Complaint) -> Sequence[Candidate]:
    if complaint.closed_at is not None:
        return ()
    try:
        return candidates(session, complaint)
    except Erased:
        return ()


def _visible(session: Session, site: Site, ids: Iterable[str], actor: Actor) -> set[str]:
    """Those of the cases that `actor` may see."""
    seen = access.visible_instances(actor, site.applications)
    return set(session.scalars(select(ProcessInstance.id).where(ProcessInstance.id.in_(sorted(ids)), seen)))


def _others(session: Session, ids: Iterable[str], visible: set[str]) -> Mapping[str, Neighbour]:
    """Id → case, its masked name where it is among the `visible`."""
    wanted = sorted(ids)
    rows = session.execute(
        select(ProcessInstance.id, ProcessInstance.business_key).where(ProcessInstance.id.in_(wanted))
    ).all()
    records = REGISTER.find_all(session, visible.intersection(wanted))
    return {
        row.id: Neighbour(row.id, row.business_key, _masked_name(records.get(row.id)), row.id in visible)
        for row in rows
    }


def _masked_name(record: ComplaintRecord | None) -> str:
    """Empty for an erased person, and for a case that is no complaint."""
    try:
        return masking.name(record.get("person.full_name") or "") if record is not None else ""
    except Erased:
        return ""


def _link_line(
    session: Session, link: ComplaintLink, instance_id: str, others: Mapping[str, Neighbour], language: str
) -> LinkLine:
    return LinkLine(
        other=others[_other(link, instance_id)],
        kind_code=link.kind,
        kind=codes.label("link_kind", link.kind, language),
        goes_on=link.from_id == instance_id,
        by=link.by,
        at=link.at,
        reason=_reason(session, link) if others[_other(link, instance_id)].may_see else "",
        may_be_taken_back=link.kind in REVOCABLE,
    )


def _reason(session: Session, link: ComplaintLink) -> str:
    if link.sealed_reason is None:
        return ""
    papers = REGISTER.open(session, link.from_id).papers
    try:
        return masking.scrub(str(papers.sealing.open(link.sealed_reason, reason_place(link))))
    except Erased:
        return ""


def _other(link: ComplaintLink, instance_id: str) -> str:
    return link.to_id if link.from_id == instance_id else link.from_id


def _side(session: Session, row: Complaint, language: str) -> Side:
    record = REGISTER.open(session, row.instance_id)
    try:
        name, story = record.get("person.full_name") or "", record.get("narrative") or ""
    except Erased:
        name = story = ""
    return Side(
        number=row.number,
        masked_name=masking.name(name),
        received_at=row.received_at,
        status=codes.label("public_status", row.status, language),
        category=codes.label_in(codes.BUSINESS, row.cat_b, language),
        reason=codes.label("cat_c", row.cat_c, language),
        accused_unit=row.accused_unit or "",
        amount_claimed=row.amount_claimed,
        currency=row.currency or "",
        story=masking.scrub(story)[:EXCERPT],
    )
