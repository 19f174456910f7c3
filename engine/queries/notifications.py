"""What somebody is told of, for the bell and its page."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session

from engine import access
from engine.errors import NotAllowed, NotFound
from engine.identity import Actor
from engine.models import Notification, NotificationChoice, Person, ProcessInstance, UserTask
from engine.notifications import USUAL
from engine.queries.labels import Labels
from engine.queries.paging import Paged, cut
from engine.site import Site

#: The bell counts no further.
MOST = 100


class CaseGone(NotAllowed):
    """You may not see this case any more: it went to other people. Nothing is left to do for you."""


@dataclass(frozen=True)
class NotificationRow:
    """One thing that somebody is told of. `by` is a name, empty for the system; `is_over`: its task was completed."""

    id: int
    event: str
    by: str
    at: datetime
    is_read: bool
    business_key: str
    step: str
    due_at: datetime | None
    is_over: bool


def unread_count(session: Session, actor: Actor) -> int:
    """How much is new that still matters, up to `MOST`: what is about a task that is over does not."""
    unread = (
        select(literal(1))
        .select_from(Notification)
        .outerjoin(UserTask, UserTask.id == Notification.task_id)
        .where(
            Notification.person_id == actor.id,
            Notification.read_at.is_(None),
            or_(Notification.task_id.is_(None), UserTask.status == "open"),
        )
        .limit(MOST)
    )
    return session.scalar(select(func.count()).select_from(unread.subquery())) or 0


def notification_list(
    session: Session, actor: Actor, language: str, *, unread: bool = False, page: int = 1
) -> Paged[NotificationRow]:
    """What `actor` is told of, newest first; `unread`: only what is new and still matters."""
    query = (
        select(Notification, Person.name, ProcessInstance.business_key, UserTask)
        .outerjoin(Person, Person.username == Notification.actor)
        .outerjoin(ProcessInstance, ProcessInstance.id == Notification.instance_id)
        .outerjoin(UserTask, UserTask.id == Notification.task_id)
        .where(Notification.person_id == actor.id)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
    )
    if unread:
        matters = or_(Notification.task_id.is_(None), UserTask.status == "open")
        query = query.where(and_(Notification.read_at.is_(None), matters))
    limited, paged = cut(session, query, page)
    labels = Labels(session, language)
    rows = tuple(_row(labels, *row) for row in session.execute(limited))
    return replace(paged, rows=rows)


def _row(
    labels: Labels, news: Notification, name: str | None, number: str | None, task: UserTask | None
) -> NotificationRow:
    return NotificationRow(
        id=news.id,
        event=news.event,
        by=name or "",
        at=news.created_at,
        is_read=news.read_at is not None,
        business_key=number or "",
        step=labels.element(task.definition_id, task.element_id, task.item) if task is not None else "",
        due_at=news.due_at,
        is_over=task is not None and task.status != "open",
    )


@dataclass(frozen=True)
class Target:
    """Where a notification leads: a task, else a case, else one's own page."""

    task_id: str | None = None
    instance_id: str | None = None


def target_of(session: Session, site: Site, notification_id: int, actor: Actor) -> Target:
    """Where one of one's own notifications leads, as far as one may go there now. Raises NotFound, CaseGone."""
    news = session.get(Notification, notification_id)
    if news is None or news.person_id != actor.id:
        raise NotFound
    if news.instance_id is None:
        return Target()
    visible = select(UserTask.id).where(access.visible_tasks(actor))
    if news.task_id is not None and session.scalar(visible.where(UserTask.id == news.task_id)) is not None:
        return Target(task_id=news.task_id)
    instance = session.get_one(ProcessInstance, news.instance_id)
    if access.may_see_instance(session, actor, site.applications[instance.application], instance.id):
        return Target(instance_id=instance.id)
    own = visible.where(UserTask.instance_id == instance.id).order_by(UserTask.created_at.desc()).limit(1)
    if (task_id := session.scalar(own)) is not None:
        return Target(task_id=task_id)
    raise CaseGone


def chosen_ways(session: Session, actor: Actor) -> dict[str, str]:
    """Kind → how `actor` is told of it."""
    own = select(NotificationChoice.kind, NotificationChoice.way).where(NotificationChoice.person_id == actor.id)
    return {**USUAL, **dict(session.execute(own).all())}
