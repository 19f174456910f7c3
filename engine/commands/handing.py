"""A task goes from person to person: assigned by a lead, or handed over to somebody who accepts it."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine import access, identity
from engine.commands.opened import (
    Seen,
    check_duty,
    check_holder,
    name_of,
    open_task,
    reason,
    record,
    refusals_on_record,
    username_of,
)
from engine.errors import InvalidInput, NotAllowed
from engine.history import Line
from engine.identity import Actor
from engine.site import Site


def assign_task(
    site: Site,
    task_id: str,
    username: str,
    *,
    actor: Actor,
    now: datetime,
    why: str = "",
    holder: int | None = None,
) -> str:
    """Give a task to somebody who may do it, oneself included: admins, and those who lead its groups there.

    `why`: a reason; with one, rules that only advise against the person do not count; `holder`: see `check_holder`.
    Returns the user name of the one who had it, empty for nobody. Raises NotFound, NotAllowed, SeparationOfDuty,
    InvalidInput, TaskMoved, TaskFreed.
    """
    with refusals_on_record(site, actor, now), site.database.transaction() as session:
        seen = open_task(site, session, task_id, actor)
        check_holder(session, seen, holder)
        if not access.may_assign(actor, seen.offers):
            raise NotAllowed
        receiver = _receiver(session, seen, username)
        check_duty(session, seen, receiver, insisted=bool(why.strip()))
        before = username_of(session, seen.task.assignee_id)
        seen.task.assignee_id, seen.task.handed_to_id = receiver.id, None
        detail = {"task": task_id, "from": before, "to": receiver.username}
        line = Line("task_assigned", seen.element.id, detail, {"reason": reason(why)} if why.strip() else None)
        record(site, session, seen, line, actor, now)
    return before


def delegate_task(site: Site, task_id: str, username: str, why: str, *, actor: Actor, now: datetime) -> None:
    """Ask somebody who may do it to take one's task over; until that person accepts, the task stays one's own.

    Raises NotFound, NotAllowed, SeparationOfDuty, InvalidInput, TaskNotActive.
    """
    why = reason(why)
    with refusals_on_record(site, actor, now), site.database.transaction() as session:
        seen = open_task(site, session, task_id, actor)
        if not access.may_complete(actor, seen.task.assignee_id):
            raise NotAllowed("Only the person who has this task can hand it over.")
        receiver = _receiver(session, seen, username)
        if receiver.id == actor.id:
            raise InvalidInput(why="you have this task already; choose somebody else")
        check_duty(session, seen, receiver)
        seen.task.handed_to_id = receiver.id
        detail = {"task": task_id, "to": receiver.username}
        record(site, session, seen, Line("task_handed", seen.element.id, detail, {"reason": why}), actor, now)


def accept_task(site: Site, task_id: str, *, actor: Actor, now: datetime) -> None:
    """Take over a task that one was asked to. Raises NotFound, NotAllowed, SeparationOfDuty, TaskNotActive."""
    with refusals_on_record(site, actor, now), site.database.transaction() as session:
        seen = _handed(site, session, task_id, actor)
        check_duty(session, seen, actor)
        before, seen.task.assignee_id, seen.task.handed_to_id = seen.task.assignee_id, actor.id, None
        detail = {"task": task_id, "from": username_of(session, before), "to": actor.username}
        record(site, session, seen, Line("task_accepted", seen.element.id, detail), actor, now)


def decline_task(site: Site, task_id: str, why: str, *, actor: Actor, now: datetime) -> None:
    """Leave a task that one was asked to take over with the one who has it. Raises as `accept_task`, InvalidInput."""
    why = reason(why)
    with site.database.transaction() as session:
        seen = _handed(site, session, task_id, actor)
        seen.task.handed_to_id = None
        detail = {"task": task_id, "from": username_of(session, seen.task.assignee_id)}
        record(site, session, seen, Line("task_declined", seen.element.id, detail, {"reason": why}), actor, now)


def _handed(site: Site, session: Session, task_id: str, actor: Actor) -> Seen:
    seen = open_task(site, session, task_id, actor)
    if seen.task.handed_to_id is None or seen.task.handed_to_id != actor.id:
        raise NotAllowed("Nobody asked you to take over this task.")
    return seen


def _receiver(session: Session, seen: Seen, username: str) -> Actor:
    receiver = identity.actor(session, identity.find_person(session, username).id)
    if not access.may_be_assigned(receiver, seen.offers):
        raise InvalidInput(why=f"{name_of(session, receiver.id)} is in none of the task's groups")
    return receiver
