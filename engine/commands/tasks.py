"""What people do with user tasks. Each function is one transaction on the case, after its due timers have fired."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, delete, exists, select
from sqlalchemy.orm import Session

from engine import access, attachments, history
from engine.applications import TaskFacts
from engine.attachments import Origin
from engine.bpmn.elements import Element
from engine.commands.submitted import Submitted
from engine.definitions import Library
from engine.errors import InvalidInput, NotAllowed, NotFound, TaskNotActive, TaskTaken
from engine.execution.scopes import RecordReading
from engine.forms import Form
from engine.history import Line
from engine.identity import Actor
from engine.identity import actor as read_actor
from engine.models import Draft, Person, ProcessInstance, UserTask, UserTaskGroup
from engine.site import Site
from engine.transition import Move, Parks, carry_out, fire_due, move


@dataclass(frozen=True)
class Seen:
    """A user task that the actor may see, with what deciding about it needs."""

    task: UserTask
    instance: ProcessInstance
    groups: frozenset[str]
    element: Element
    form: Form | None
    has_draft: bool


def claim_task(site: Site, task_id: str, *, actor: Actor, now: datetime) -> None:
    """Take an unassigned task. Raises NotFound, NotAllowed, SeparationOfDuty, TaskTaken, TaskNotActive."""
    with site.database.transaction() as session:
        seen = _open(site, session, task_id, actor)
        if seen.task.assignee_id not in {None, actor.id}:
            raise TaskTaken(name=_name(session, seen.task.assignee_id))
        if not access.may_claim(actor, seen.groups, seen.task.assignee_id):
            raise NotAllowed
        if seen.task.assignee_id == actor.id:
            return
        _check_duty(site, session, seen, actor)
        seen.task.assignee_id = actor.id
        _record(site, session, seen, Line("task_claimed", seen.element.id, {"task": task_id}), actor, now)


def release_task(site: Site, task_id: str, *, actor: Actor, now: datetime) -> None:
    """Give a task back to its groups. Raises NotFound, NotAllowed, TaskNotActive."""
    with site.database.transaction() as session:
        seen = _open(site, session, task_id, actor)
        if not access.may_release(actor, seen.task.assignee_id):
            raise NotAllowed
        before, seen.task.assignee_id = seen.task.assignee_id, None
        line = Line("task_released", seen.element.id, {"task": task_id, "from": _username(session, before)})
        _record(site, session, seen, line, actor, now)


def assign_task(site: Site, task_id: str, username: str, *, actor: Actor, now: datetime) -> None:
    """Give a task to somebody who may do it. Raises NotFound, NotAllowed, SeparationOfDuty, InvalidInput."""
    with site.database.transaction() as session:
        seen = _open(site, session, task_id, actor)
        if not access.may_assign(actor):
            raise NotAllowed
        person_id = session.scalar(select(Person.id).where(Person.username == username))
        if person_id is None:
            raise InvalidInput(why=f"there is nobody called “{username}”")
        receiver = read_actor(session, person_id)
        if not access.may_be_assigned(receiver, seen.groups):
            raise InvalidInput(why=f"{receiver.name} is in none of the task's groups")
        _check_duty(site, session, seen, receiver)
        before, seen.task.assignee_id = seen.task.assignee_id, person_id
        detail = {"task": task_id, "from": _username(session, before), "to": username}
        _record(site, session, seen, Line("task_assigned", seen.element.id, detail), actor, now)


def save_draft(
    site: Site, task_id: str, fields: Mapping[str, Sequence[str]], *, actor: Actor, now: datetime
) -> datetime:
    """Keep what was typed so far; returns when. Raises NotFound, NotAllowed, TaskNotActive."""
    with site.database.transaction() as session:
        seen = _open(site, session, task_id, actor)
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
    fire_due(site, now, _instance_of(task_id))
    files = submitted.stored_files(site, strip=False)

    def attempt(session: Session, parks: Parks) -> dict[str, Any]:
        seen = _open(site, session, task_id, actor)
        if not access.may_complete(actor, seen.task.assignee_id):
            raise _not_yours(session, seen)

        def act(step: Move) -> None:
            _check_duty(site, session, seen, actor)  # here the record is open: rules that read it ask nothing again
            values = submitted.answers(seen.form, form_context(step, task_id), step.application)
            step.execution.complete(task_id, values)
            step.lines.append(Line("task_submitted", seen.element.id, {"task": task_id}, values))
            if seen.has_draft:
                session.execute(delete(Draft).where(Draft.task_id == task_id))
            for file in files:
                attachments.store(session, site, seen.instance, file, Origin("staff", actor.id, task_id), now)

        move(site, session, seen.instance, act, actor=actor, now=now, park_at=parks)
        return {"instance_id": seen.instance.id, "parked": bool(parks)}

    return carry_out(site, attempt, key=key, name="complete_task")


def draft_place(task_id: str, person_id: int) -> str:
    """Where a person's draft for a task is sealed."""
    return f"draft.values:{task_id}:{person_id}"


def form_context(step: Move, task_id: str) -> Mapping[str, Any]:
    """What a form at a task shows and reads: the variables in scope, and the whole record, personal paths too."""
    context = step.execution.context(task_id)
    factory, record = step.application.record_of(step.instance.key), step.execution.record
    if factory is None or record is None:
        return context
    return ChainMap({factory.name: RecordReading(factory.name, record, frozenset(factory.paths()))}, dict(context))


def _instance_of(task_id: str) -> ScalarSelect[str]:
    return select(UserTask.instance_id).where(UserTask.id == task_id).scalar_subquery()


def _open(site: Site, session: Session, task_id: str, actor: Actor) -> Seen:
    """Lock the case, then read an open task that `actor` may see. Raises NotFound, TaskNotActive."""
    session.info.setdefault("vault", site.vault)
    instance = session.scalar(
        select(ProcessInstance)
        .where(ProcessInstance.id == _instance_of(task_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if instance is None:
        raise NotFound
    task, groups, has_draft = _read(session, task_id)
    if not access.may_see_task(actor, groups, task.assignee_id):
        raise NotFound
    if task.status != "open":
        raise TaskNotActive(what_happened=_what_happened(session, task))
    _, model, process = Library(session).by_id(task.definition_id)
    element = process.elements[task.element_id]
    return Seen(task, instance, groups, element, model.form(element.form), has_draft)


def _read(session: Session, task_id: str) -> tuple[UserTask, frozenset[str], bool]:
    """A task, its candidate groups, and whether anybody keeps a draft for it: in one question."""
    draft = exists().where(Draft.task_id == UserTask.id)
    query = (
        select(UserTask, UserTaskGroup.group_key, draft)
        .outerjoin(UserTaskGroup, UserTaskGroup.task_id == UserTask.id)
        .where(UserTask.id == task_id)
    )
    rows = session.execute(query).all()
    return rows[0][0], frozenset(filter(None, (row[1] for row in rows))), rows[0][2]


def _what_happened(session: Session, task: UserTask) -> str:
    if task.status == "completed":
        return f"{_name(session, task.completed_by)} completed it"
    return "the case went on without it"


def _not_yours(session: Session, seen: Seen) -> TaskTaken | NotAllowed:
    if seen.task.assignee_id is None:
        return NotAllowed("Take this task first; then you can complete it.")
    return TaskTaken(name=_name(session, seen.task.assignee_id))


def _check_duty(site: Site, session: Session, seen: Seen, person: Actor) -> None:
    application = site.applications[seen.instance.application]
    if person.id is None:
        raise NotAllowed
    if not (application.access_rules or access.NOT_ROLE in seen.element.properties):
        return
    facts = TaskFacts(
        instance_id=seen.instance.id,
        element_id=seen.element.id,
        properties=seen.element.properties,
        person_id=person.id,
        person_groups=person.groups,
        acted=access.acted(session, seen.instance.id),
    )
    access.check_rules(session, application, facts)


def _record(site: Site, session: Session, seen: Seen, line: Line, actor: Actor, now: datetime) -> None:
    history.record(session, site.vault, seen.instance, [line], actor=actor.username, now=now)


def _name(session: Session, person_id: int | None) -> str:
    return session.scalar(select(Person.name).where(Person.id == person_id)) or "somebody"


def _username(session: Session, person_id: int | None) -> str:
    return session.scalar(select(Person.username).where(Person.id == person_id)) or ""
