"""Deadlines that come near or pass: a chore of the tick, each told once to whoever has the task."""

from datetime import datetime, timedelta

from sqlalchemy import Select, case, exists, func, insert, literal, select

from engine.models import IS_OPEN, Notification, NotificationChoice, Person, UserTask
from engine.notifications.kinds import DIGEST, DUE_SOON, MAIL, NOTHING, NOW, OVERDUE, USUAL
from engine.site import Site

#: A deadline is told of as soon as it is so near, but not so soon after the task began: then it was just read.
SOON, JUST_READ = timedelta(days=1), timedelta(hours=4)
#: Deadlines that passed longer ago are not told of any more: nobody was there to tell.
LATE = timedelta(days=7)
#: People told at a time; the next minute tells the next.
MOST = 500


def tell_due(site: Site, now: datetime) -> None:
    """Tell people of tasks of theirs that are due soon or overdue. One question where there is nothing to tell."""
    with site.database.reading() as session:
        found = session.execute(_untold(now)).all()
    if not found:
        return
    rows = [{**row._mapping, "actor": "system", "created_at": now} for row in found]
    with site.database.transaction() as session:
        session.execute(insert(Notification), rows)


def _untold(now: datetime) -> Select[int, str, str, str, datetime | None, str]:
    """Columns of the notifications that are missing."""
    event = case((UserTask.due_at <= now, OVERDUE), else_=DUE_SOON)
    usual = case((UserTask.due_at <= now, USUAL[OVERDUE]), else_=USUAL[DUE_SOON])
    way = func.coalesce(NotificationChoice.way, usual)
    told = exists().where(
        Notification.task_id == UserTask.id,
        Notification.person_id == UserTask.assignee_id,
        Notification.event == event,
        Notification.due_at == UserTask.due_at,
    )
    mailing = case((Person.email == "", ""), (way == MAIL, NOW), (way == DIGEST, DIGEST), else_=literal(""))
    return (
        select(
            Person.id.label("person_id"),
            event.label("event"),
            UserTask.instance_id,
            UserTask.id.label("task_id"),
            UserTask.due_at,
            mailing.label("mailing"),
        )
        .join(Person, Person.id == UserTask.assignee_id)
        .outerjoin(
            NotificationChoice,
            (NotificationChoice.person_id == Person.id) & (NotificationChoice.kind == event),
        )
        .where(
            IS_OPEN,
            UserTask.due_at > now - LATE,
            UserTask.due_at <= now + SOON,
            (UserTask.due_at <= now) | (UserTask.created_at <= now - JUST_READ),
            Person.is_active,
            way != NOTHING,
            ~told,
        )
        .limit(MOST)
    )
