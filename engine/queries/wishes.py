"""What people ask their leads for: each lead reads what is for them, everybody what they asked for themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from engine.commands.wishes import reason_place
from engine.errors import Erased
from engine.identity import Actor
from engine.models import Person, ProcessInstance, UserTask, Wish, WishLead
from engine.queries.labels import Labels
from engine.site import Site

#: How many a list shows; what nobody has seen comes first.
MOST = 50


@dataclass(frozen=True)
class WishRow:
    """One wish, of `kind` relief or break. `why` is empty for a break, None when it was erased."""

    id: int
    kind: str
    by: str
    at: datetime
    task_id: str | None
    step: str
    business_key: str
    why: str | None
    until_at: datetime | None
    seen_at: datetime | None
    seen_by: str
    is_over: bool


def wishes_for(session: Session, site: Site, actor: Actor, language: str) -> tuple[WishRow, ...]:
    """What others ask `actor` for as their lead."""
    mine = select(WishLead.wish_id).where(WishLead.person_id == actor.id)
    return _rows(session, site, Wish.id.in_(mine), language)


def own_wishes(session: Session, site: Site, actor: Actor, language: str) -> tuple[WishRow, ...]:
    """What `actor` asked for and nobody has seen, or for tasks that are still open."""
    waits = or_(Wish.seen_at.is_(None), UserTask.status == "open")
    return _rows(session, site, (Wish.person_id == actor.id) & waits, language)


def has_asked_relief(session: Session, task_id: str, actor: Actor) -> bool:
    """Whether `actor` asked to be relieved of the task and nobody has seen it yet."""
    asked = select(Wish.id).where(Wish.task_id == task_id, Wish.person_id == actor.id, Wish.seen_at.is_(None))
    return session.scalar(asked.limit(1)) is not None


def resting_until(session: Session, actor: Actor, now: datetime) -> datetime | None:
    """Until when nothing is given to `actor` by itself; None when there is no break."""
    until = session.scalar(select(Person.resting_until).where(Person.id == actor.id))
    return until if until is not None and until > now else None


def _rows(session: Session, site: Site, which: ColumnElement[bool], language: str) -> tuple[WishRow, ...]:
    asker, lead = aliased(Person), aliased(Person)
    query = (
        select(Wish, asker.name, lead.name, UserTask, ProcessInstance)
        .join(asker, asker.id == Wish.person_id)
        .outerjoin(lead, lead.id == Wish.seen_by)
        .outerjoin(UserTask, UserTask.id == Wish.task_id)
        .outerjoin(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .where(which)
        .order_by(Wish.seen_at.is_not(None), Wish.created_at.desc())
        .limit(MOST)
    )
    labels, found = Labels(session, language), session.execute(query).all()
    return tuple(_row(session, site, labels, *row) for row in found)


def _row(
    session: Session,
    site: Site,
    labels: Labels,
    wish: Wish,
    by: str,
    seen_by: str | None,
    task: UserTask | None,
    instance: ProcessInstance | None,
) -> WishRow:
    return WishRow(
        id=wish.id,
        kind=wish.kind,
        by=by,
        at=wish.created_at,
        task_id=wish.task_id,
        step=labels.element(task.definition_id, task.element_id, task.item) if task is not None else "",
        business_key=instance.business_key if instance is not None else "",
        why=_why(session, site, wish, instance),
        until_at=wish.until_at,
        seen_at=wish.seen_at,
        seen_by=seen_by or "",
        is_over=task is not None and task.status != "open",
    )


def _why(session: Session, site: Site, wish: Wish, instance: ProcessInstance | None) -> str | None:
    if wish.sealed_reason is None or instance is None:
        return ""
    try:
        return str(site.vault.open_json(session, instance.subject_id, wish.sealed_reason, reason_place(wish.id)))
    except Erased:
        return None
