"""Who else has a case open right now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.identity import Actor
from engine.models import Person, Presence

#: Whoever was there so long ago is taken to be there still.
SEEN_FOR = timedelta(minutes=1)
#: One's own presence is written anew after so long.
NOTED_EVERY = timedelta(seconds=20)


@dataclass(frozen=True)
class Present:
    """Names of the others who have the case open; whether the reader's own presence is to be written."""

    others: tuple[str, ...]
    is_due: bool


def present(session: Session, instance_id: str, task_id: str | None, *, actor: Actor, now: datetime) -> Present:
    """Who has the case open beside `actor`, who may see it: for readers of a task alone those on that very task.

    `task_id`: the task that the reader looks at where the whole case is not theirs to see; None: they may see it.
    """
    query = select(Presence.person_id, Presence.task_id, Presence.seen_at, Person.name).join(
        Person, Person.id == Presence.person_id
    )
    recent = query.where(Presence.instance_id == instance_id, Presence.seen_at > now - SEEN_FOR)
    rows = session.execute(recent.order_by(Person.name, Person.id)).all()
    others = [row for row in rows if row.person_id != actor.id and task_id in {None, row.task_id}]
    is_due = not any(row.person_id == actor.id and row.seen_at > now - NOTED_EVERY for row in rows)
    return Present(tuple(row.name for row in others), is_due)
