"""What people do with user tasks. Each function is one transaction on the case, after its due timers have fired."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine import access, attachments, clock
from engine.attachments import Origin
from engine.commands.opened import (
    Seen,
    check_duty,
    check_holder,
    instance_of,
    name_of,
    open_task,
    record,
    refusals_on_record,
    username_of,
)
from engine.commands.submitted import Submitted
from engine.errors import InvalidInput, NotAllowed, TaskTaken
from engine.history import Line
from engine.identity import Actor
from engine.models import Draft
from engine.site import Site
from engine.transition import Move, Parks, carry_out, fire_due, move

#: A task may be put off as far as this.
LONGEST_POSTPONED = timedelta(days=366)


def claim_task(site: Site, task_id: str, *, actor: Actor, now: datetime) -> None:
    """Take an unassigned task. Raises NotFound, NotAllowed, SeparationOfDuty, TaskTaken, TaskNotActive."""
    with refusals_on_record(site, actor, now), site.database.transaction() as session:
        seen = open_task(site, session, task_id, actor)
        if seen.task.assignee_id not in {None, actor.id}:
            raise TaskTaken(name=name_of(session, seen.task.assignee_id))
        if not access.may_claim(actor, seen.offers, seen.task.assignee_id):
            raise NotAllowed
        if seen.task.assignee_id == actor.id:
            return
        check_duty(session, seen, actor)
        seen.task.assignee_id = actor.id
        record(site, session, seen, Line("task_claimed", seen.element.id, {"task": task_id}), actor, now)


def release_task(site: Site, task_id: str, *, actor: Actor, now: datetime, holder: int | None = None) -> str:
    """Give a task back to its groups; returns the user name of the one who had it.

    `holder`: see `check_holder`. Raises NotFound, NotAllowed, TaskNotActive, TaskMoved, TaskFreed.
    """
    with site.database.transaction() as session:
        seen = open_task(site, session, task_id, actor)
        check_holder(session, seen, holder)
        if not access.may_release(actor, seen.task.assignee_id, seen.offers):
            raise NotAllowed
        before = username_of(session, seen.task.assignee_id)
        seen.task.assignee_id, seen.task.handed_to_id = None, None
        record(
            site, session, seen, Line("task_released", seen.element.id, {"task": task_id, "from": before}), actor, now
        )
    return before


def postpone_task(site: Site, task_id: str, until: date | None, *, actor: Actor, now: datetime) -> date | None:
    """Put a task off until a day, None: no longer; its deadline stays. Returns the day it was put off until before.

    Raises NotFound, NotAllowed, TaskNotActive, InvalidInput for a day that has begun or is more than a year away.
    """
    today = now.astimezone(clock.zone()).date()
    if until is not None and not today < until <= today + LONGEST_POSTPONED:
        raise InvalidInput(why="choose a day from tomorrow on, at most a year away")
    with site.database.transaction() as session:
        seen = open_task(site, session, task_id, actor)
        if not access.may_postpone(actor, seen.task.assignee_id, seen.offers):
            raise NotAllowed("Only the person who has this task, or who leads its group, can put it off.")
        before = seen.task.follow_up_at and seen.task.follow_up_at.astimezone(clock.zone()).date()
        seen.task.follow_up_at = datetime.combine(until, time(), clock.zone()) if until else None
        detail = {"task": task_id, "from": before and before.isoformat(), "to": until and until.isoformat()}
        line = Line("task_postponed" if until else "task_resumed", seen.element.id, detail)
        record(site, session, seen, line, actor, now)
    return before


def save_draft(
    site: Site, task_id: str, fields: Mapping[str, Sequence[str]], *, actor: Actor, now: datetime
) -> datetime:
    """Keep what was typed so far; returns when. Raises NotFound, NotAllowed, TaskNotActive."""
    with site.database.transaction() as session:
        seen = open_task(site, session, task_id, actor)
        if not access.may_complete(actor, seen.task.assignee_id) or seen.form is None or actor.id is None:
            raise NotAllowed
        kept = seen.form.draft(fields)
        sealed = site.vault.seal_json(session, seen.instance.subject_id, kept, draft_place(task_id, actor.id))
        session.merge(Draft(task_id=task_id, person_id=actor.id, sealed_values=sealed, saved_at=now))
    return now


def complete_task(
    site: Site, task_id: str, submitted: Submitted, *, actor: Actor, now: datetime, key: str | None = None
) -> dict[str, Any]:
    """Complete a task with its form's answers and files; returns `instance_id` and `parked` (a later step failed).

    Raises NotFound, NotAllowed, SeparationOfDuty, InvalidForm, FileRefused, TaskNotActive, TaskTaken, InstanceEnded.
    """
    fire_due(site, now, instance_of(task_id))
    files = submitted.stored_files(site, strip=False)

    def attempt(session: Session, parks: Parks) -> dict[str, Any]:
        seen = open_task(site, session, task_id, actor)
        if not access.may_complete(actor, seen.task.assignee_id):
            raise _not_yours(session, seen)

        def act(step: Move) -> None:
            check_duty(
                session, seen, actor, insisted=True
            )  # here the record is open: rules that read it ask nothing again
            context = form_context(step, task_id)
            reads = context if seen.form is None else seen.form.at_task(context)
            values = submitted.answers(seen.form, reads, step.application.functions)
            step.execution.complete(task_id, values)
            step.lines.append(Line("task_submitted", seen.element.id, {"task": task_id}, values))
            if seen.has_draft:
                session.execute(delete(Draft).where(Draft.task_id == task_id))
            for file in files:
                attachments.store(session, site, seen.instance, file, Origin("staff", actor.id, task_id), now)

        move(site, session, seen.instance, act, actor=actor, now=now, park_at=parks)
        return {"instance_id": seen.instance.id, "parked": bool(parks)}

    with refusals_on_record(site, actor, now):
        return carry_out(site, attempt, key=key, name="complete_task")


def draft_place(task_id: str, person_id: int) -> str:
    """Where a person's draft for a task is sealed."""
    return f"draft.values:{task_id}:{person_id}"


def form_context(step: Move, task_id: str) -> Mapping[str, Any]:
    """What a form at a task shows and reads: the variables in scope, and the whole record, personal paths too."""
    factory = step.application.record_of(step.instance.key)
    return step.execution.form_context(task_id, frozenset(factory.paths() if factory else ()))


def _not_yours(session: Session, seen: Seen) -> TaskTaken | NotAllowed:
    if seen.task.assignee_id is None:
        return NotAllowed("Take this task first; then you can complete it.")
    return TaskTaken(name=name_of(session, seen.task.assignee_id))
