"""Due dates for a person's calendar, found by a secret."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.commands.own import token_hash
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import CalendarFeed, Person, ProcessInstance, UserTask
from engine.queries.labels import Labels

#: Tasks in one calendar, the nearest first.
MOST = 500


@dataclass(frozen=True)
class DueDate:
    """When an open task is due: nothing of what the case holds."""

    task_id: str
    step: str
    business_key: str
    due_at: datetime
    created_at: datetime


def reader_of(session: Session, token: str) -> tuple[int, str]:
    """Id and language of whose calendar reads with this secret. Raises NotFound for a wrong or ended one."""
    query = (
        select(Person.id, Person.language)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.token_hash == token_hash(token), Person.is_active)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found.id, found.language


def due_dates(session: Session, person_id: int, language: str) -> tuple[DueDate, ...]:
    """The due dates of the open tasks that the person has."""
    query = (
        select(UserTask, ProcessInstance.business_key)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .where(UserTask.assignee_id == person_id, UserTask.status == "open", UserTask.due_at.is_not(None))
        .order_by(UserTask.due_at, UserTask.id)
        .limit(MOST)
    )
    labels = Labels(session, language)
    return tuple(
        DueDate(
            task.id,
            labels.element(task.definition_id, task.element_id, task.item),
            number,
            task.due_at,
            task.created_at,
        )
        for task, number in session.execute(query)
        if task.due_at is not None
    )


def feed_since(session: Session, actor: Actor) -> datetime | None:
    """When the calendar address of `actor` was made; None when there is none."""
    return session.scalar(select(CalendarFeed.created_at).where(CalendarFeed.person_id == actor.id))
