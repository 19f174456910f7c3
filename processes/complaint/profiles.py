"""The history of a complainant, and what staff observed: to talk with the person well.

It is never an input of a decision: whether a complaint is taken up does not hang on who complains (order No. 3
Art. 18 names the only reasons). Who looked, and what for, stands in the audit stream before anything is shown.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, history, search
from engine.errors import Erased, InvalidInput
from engine.history import Line
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.site import Site
from engine.transition import lock
from processes.complaint import codes, masking
from processes.complaint.links.candidates import of_same_person
from processes.complaint.links.commands import check_may_work
from processes.complaint.links.tables import ComplaintObservation
from processes.complaint.record import ComplaintRecord
from processes.complaint.register import REGISTER
from processes.complaint.sealed import Encrypted
from processes.complaint.tables import Complaint

#: What the audit stream says was shown.
FIELDS = ("profile",)

LONGEST = 1_000


@dataclass(frozen=True)
class Earlier:
    """One complaint of the person, labels in one language."""

    instance_id: str
    number: str
    received_at: datetime
    channel: str
    category: str
    status: str
    finding: str
    #: 1 to 5, None where nobody asked or answered
    satisfaction: int | None


@dataclass(frozen=True)
class Observation:
    """What somebody observed, numbers in it masked."""

    number: str
    kind: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Profile:
    """What is known of the person behind a complaint."""

    masked_name: str
    language: str
    preferred_channel: str
    special_needs: Sequence[str]
    #: the person's complaints that the reader may see, this one included, the newest first
    cases: Sequence[Earlier]
    #: how many more there are
    elsewhere: int
    open_count: int
    #: channel in words → how many complaints came that way
    channels: Mapping[str, int]
    mean_satisfaction: float | None
    observations: Sequence[Observation]


def profile(session: Session, site: Site, instance_id: str, actor: Actor, language: str) -> Profile:
    """The history of the person behind a complaint; the caller told the audit stream. Raises NotFound, Erased."""
    record = REGISTER.open(session, instance_id)
    row = record.complaint
    rows = [row, *of_same_person(session, row)]
    seen = access.visible_instances(actor, site.applications)
    ids = [each.instance_id for each in rows]
    visible = set(session.scalars(select(ProcessInstance.id).where(ProcessInstance.id.in_(ids), seen)))
    shown = sorted((each for each in rows if each.instance_id in visible), key=_received, reverse=True)
    scores = [each.followup_score_result for each in shown if each.followup_score_result is not None]
    cases = [_earlier(each, language) for each in shown]
    return Profile(
        masked_name=masking.name(record.get("person.full_name") or ""),
        language=codes.label("language", row.language, language),
        preferred_channel=codes.label("preferred_channel", row.preferred_channel, language),
        special_needs=[codes.label("special_group", code, language) for code in row.special_needs],
        cases=cases,
        elsewhere=len(rows) - len(shown),
        open_count=sum(each.closed_at is None for each in shown),
        channels=Counter(each.channel for each in cases),
        mean_satisfaction=sum(scores) / len(scores) if scores else None,
        observations=_observations(session, site, shown, language),
    )


def add_observation(site: Site, instance_id: str, kind: str, text: str, *, actor: Actor, now: datetime) -> None:
    """Keep what `actor` observed about the complainant; `kind`: a code of `observation_kind`.

    Raises NotFound, NotAllowed, InvalidInput, Erased.
    """
    text = text.strip()
    if kind not in codes.lists()["observation_kind"]:
        raise InvalidInput("Choose what the observation is about.")
    if not text or len(text) > LONGEST:
        raise InvalidInput("An observation has 1 to {most} characters.", most=LONGEST)
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        instance = lock(session, instance_id)
        check_may_work(site, session, {instance_id: instance}, actor)
        sealing = REGISTER.open(session, instance_id).papers.sealing
        row_id = str(uuid.uuid4())
        session.add(
            ComplaintObservation(
                id=row_id,
                instance_id=instance_id,
                kind=kind,
                sealed_text=sealing.seal(text, _place(row_id)),
                by=actor.username,
                at=now,
            )
        )
        search.mark(session, instance_id)
        line = Line("observation_added", "", {"kind": kind})
        history.record(session, site.vault, instance, [line], actor=actor.username, now=now)


def observed(session: Session, record: ComplaintRecord) -> list[str]:
    """The texts of what was observed in the case of an open record. Raises Erased."""
    query = select(ComplaintObservation).where(ComplaintObservation.instance_id == record.complaint.instance_id)
    opened = record.papers.sealing.open
    return [str(opened(each.sealed_text, _place(each.id))) for each in session.scalars(query)]


def _observations(session: Session, site: Site, rows: Iterable[Complaint], language: str) -> list[Observation]:
    cases = {each.instance_id: each for each in rows}
    query = select(ComplaintObservation).where(ComplaintObservation.instance_id.in_(cases))
    found = []
    for each in session.scalars(query.order_by(ComplaintObservation.at.desc(), ComplaintObservation.id)):
        case = cases[each.instance_id]
        try:
            text = str(Encrypted(session, site.vault, case.subject_id).open(each.sealed_text, _place(each.id)))
        except Erased:
            continue
        kind = codes.label("observation_kind", each.kind, language)
        found.append(Observation(case.number, kind, masking.scrub(text), each.by, each.at))
    return found


def _earlier(row: Complaint, language: str) -> Earlier:
    return Earlier(
        instance_id=row.instance_id,
        number=row.number,
        received_at=row.received_at,
        channel=codes.label("channel", row.channel, language),
        category=codes.label_in(codes.BUSINESS, row.cat_b, language),
        status=codes.label("public_status", row.status, language),
        finding=codes.label("finding", row.finding, language),
        satisfaction=row.followup_score_result,
    )


def _received(row: Complaint) -> datetime:
    return row.received_at


def _place(row_id: str) -> str:
    return f"complaint_observation.text:{row_id}"
