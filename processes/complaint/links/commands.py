"""What people decide about two complaints: linked as repeat or group, merged, told apart, or the link taken back.

Only a person links or merges. Each command is one transaction, locks both cases in the order of their ids, and writes
a line into the history of both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, history
from engine.applications import TaskFacts
from engine.errors import ConcurrentUpdate, InvalidInput, NotAllowed, NotFound
from engine.history import Line
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.site import Site
from engine.transition import lock
from processes.complaint.links.candidates import score_of
from processes.complaint.links.chains import MERGED, leads_to
from processes.complaint.links.joining import case_called, join, link_of, root_for
from processes.complaint.links.refusals import LinkedAlready, LinkStands, PastAcceptance, SameComplaint
from processes.complaint.links.related import REPEAT, forget
from processes.complaint.links.tables import ComplaintLink
from processes.complaint.sealed import Encrypted
from processes.complaint.tables import Complaint

GROUP, DIFFERENT = "group", "different"

#: What a person may say of two complaints besides merging them.
SAYABLE = (REPEAT, GROUP, DIFFERENT)

#: Kinds that a person made and may take back.
REVOCABLE = frozenset({*SAYABLE, MERGED})

LONGEST_REASON = 500

#: While a complaint is registered and assessed it may still go on in another one.
ACCEPTANCE = "acceptance"


@dataclass(frozen=True)
class Pair:
    """Two locked cases: the one that a person looked at, and the other."""

    session: Session
    rows: Mapping[str, ProcessInstance]
    own: Complaint
    other: Complaint

    @property
    def later_first(self) -> tuple[Complaint, Complaint]:
        """The two by their receipt."""
        later, earlier = sorted((self.other, self.own), key=lambda each: each.received_at, reverse=True)
        return later, earlier


def link_cases(
    site: Site, instance_id: str, number: str, kind: str, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Say what the complaint has to do with `number`: `repeat`, `group`, or `different` so that it is proposed no more.

    Raises NotFound for a case that `actor` may not see, NotAllowed, NoSuchComplaint, LinkedAlready, InvalidInput.
    """
    if kind not in SAYABLE:
        raise InvalidInput("Choose what the two complaints have to do with each other.")
    reason = _reason(reason)
    with site.database.transaction() as session:
        pair = _pair(site, session, instance_id, case_called(session, number), actor)
        points = score_of(session, pair.own, pair.other).points
        known = link_of(session, pair.own.instance_id, pair.other.instance_id)
        if known is not None and known.kind not in SAYABLE:
            raise LinkedAlready(number=pair.other.number)
        if known is not None:
            session.delete(known)
            session.flush()
        later, earlier = pair.later_first
        link = join(session, later.instance_id, earlier.instance_id, kind, by=actor.username, at=now)
        link.score = points
        _seal(site, session, link, later, reason)
        _derive_again(later)
        for case, other in ((pair.own, pair.other), (pair.other, pair.own)):
            detail = {"link": kind, "case": other.number, "other": other.instance_id, "score": points}
            said = "case_told_apart" if kind == DIFFERENT else "case_linked"
            _tell(site, pair, case, Line(said, "", detail, {"reason": reason}), actor, now)


def merge_case(site: Site, instance_id: str, number: str, reason: str, *, actor: Actor, now: datetime) -> str:
    """Let the complaint go on in `number`, or in the root of that one; gives the root's number.

    The process then ends the complaint as merged. Raises NotFound, NotAllowed, NoSuchComplaint, SameComplaint,
    RootClosed, OtherPerson, PastAcceptance, InvalidInput.
    """
    reason = _reason(reason)
    with site.database.transaction() as session:
        named_id = case_called(session, number)
        root_id = leads_to(session, named_id)
        pair = _pair(site, session, instance_id, root_id, actor)
        root = root_for(session, pair.own, named_id)
        if root.instance_id != root_id:  # it was merged itself before the locks were ours
            raise ConcurrentUpdate
        if pair.own.closed_at is not None or pair.own.phase != ACCEPTANCE:
            raise PastAcceptance(number=pair.own.number)
        points = score_of(session, pair.own, root).points
        known = link_of(session, instance_id, root_id)
        if known is not None:
            session.delete(known)
            session.flush()
        link = join(session, instance_id, root_id, MERGED, by=actor.username, at=now)
        link.score = points
        _seal(site, session, link, pair.own, reason)
        pair.own.root_case = root.number
        _derive_again(pair.own)
        for case, other, kind in ((pair.own, root, "case_merged"), (root, pair.own, "case_taken_in")):
            detail = {"case": other.number, "other": other.instance_id, "score": points}
            _tell(site, pair, case, Line(kind, "", detail, {"reason": reason}), actor, now)
        return root.number


def unlink(site: Site, instance_id: str, other_id: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """Take back what a person said of two complaints. Raises NotFound, NotAllowed, LinkStands, InvalidInput."""
    reason = _reason(reason)
    with site.database.transaction() as session:
        pair = _pair(site, session, instance_id, other_id, actor)
        link = link_of(session, instance_id, other_id)
        if link is None:
            raise NotFound
        merged = pair.own if link.from_id == instance_id else pair.other
        if link.kind not in REVOCABLE or (link.kind == MERGED and merged.closed_at is not None):
            raise LinkStands
        if link.kind == MERGED:
            merged.root_case = None
        session.delete(link)
        forget(session)
        _derive_again(merged)
        for case, other in ((pair.own, pair.other), (pair.other, pair.own)):
            detail = {"link": link.kind, "case": other.number, "other": other.instance_id}
            _tell(site, pair, case, Line("case_unlinked", "", detail, {"reason": reason}), actor, now)


def check_may_work(site: Site, session: Session, instances: Mapping[str, ProcessInstance], actor: Actor) -> None:
    """People of the application's groups, and admins, on cases that they see and must not keep away from.

    Raises NotFound for a case that `actor` may not see, NotAllowed.
    """
    seen = access.visible_instances(actor, site.applications)
    visible = set(session.scalars(select(ProcessInstance.id).where(ProcessInstance.id.in_(instances), seen)))
    if actor.id is None or visible != set(instances):
        raise NotFound
    for instance in instances.values():
        application = site.applications[instance.application]
        if not actor.is_admin and actor.groups.isdisjoint(group.key for group in application.groups):
            raise NotAllowed
        facts = TaskFacts(
            instance_id=instance.id,
            element_id="",
            properties={},
            person_id=actor.id,
            person_groups=actor.groups,
            acted=access.Acted(session, instance.id),
            username=actor.username,
            held_on=actor.held_on,
        )
        access.check_rules(session, application, facts)


def _pair(site: Site, session: Session, own_id: str, other_id: str, actor: Actor) -> Pair:
    session.info["vault"] = site.vault
    if own_id == other_id:
        raise SameComplaint(number=session.get_one(Complaint, own_id).number)
    rows = {each: lock(session, each) for each in sorted({own_id, other_id})}
    query = select(Complaint).where(Complaint.instance_id.in_(rows)).execution_options(populate_existing=True)
    found = {each.instance_id: each for each in session.scalars(query)}
    if len(found) < len(rows):
        raise NotFound
    check_may_work(site, session, rows, actor)
    return Pair(session, rows, found[own_id], found[other_id])


def _derive_again(complaint: Complaint) -> None:
    """What links say counts again: whoever links knows more than whoever registered. A closed complaint stays."""
    if complaint.closed_at is None:
        complaint.dup_state = None


def _reason(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST_REASON:
        raise InvalidInput("Say why, in {most} characters at most.", most=LONGEST_REASON)
    return text


def _seal(site: Site, session: Session, link: ComplaintLink, owner: Complaint, reason: str) -> None:
    sealing = Encrypted(session, site.vault, owner.subject_id)
    link.sealed_reason = sealing.seal(reason, reason_place(link))


def reason_place(link: ComplaintLink) -> str:
    """Where the reason of a link is sealed."""
    return f"complaint_link.reason:{link.from_id}:{link.to_id}"


def _tell(site: Site, pair: Pair, case: Complaint, line: Line, actor: Actor, now: datetime) -> None:
    instance = pair.rows[case.instance_id]
    history.record(pair.session, site.vault, instance, [line], actor=actor.username, now=now)
