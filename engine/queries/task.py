"""One task with its form, as the person in front of it sees it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access
from engine.commands.tasks import draft_place
from engine.definitions import Library
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import Draft, Membership, Person, ProcessInstance, UserTask, UserTaskGroup
from engine.queries.labels import Labels, names_of
from engine.queries.looking import NOWHERE, UsableForm, look, usable
from engine.queries.tasks import TaskRow, row_of
from engine.site import Site


@dataclass(frozen=True)
class TaskDetail:
    """A task. `form` is None where the task has none; `draft` is what the reader typed before, with its time."""

    row: TaskRow
    instruction: str
    form: UsableForm | None
    draft: dict[str, list[str]]
    draft_saved_at: datetime | None
    may_claim: bool
    may_release: bool
    may_assign: bool
    may_complete: bool
    may_see_instance: bool
    closed_at: datetime | None
    completed_by: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.row.status == "open"


def task_detail(
    session: Session, site: Site, task_id: str, *, actor: Actor, language: str, now: datetime
) -> TaskDetail:
    """A task that `actor` may see. Raises NotFound, Erased."""
    row = row_of(session, task_id, actor, language, now)
    if row is None:
        raise NotFound
    task = session.get_one(UserTask, task_id)
    instance = session.get_one(ProcessInstance, task.instance_id)
    groups = frozenset(session.scalars(select(UserTaskGroup.group_key).where(UserTaskGroup.task_id == task_id)))
    is_open = task.status == "open"
    draft, saved_at = _draft(session, site, instance, task_id, actor)
    return TaskDetail(
        row=row,
        instruction=_instruction(Labels(session, language), task),
        form=_form(session, site, instance, task, now),
        draft=draft,
        draft_saved_at=saved_at,
        may_claim=is_open and row.assignee_id is None and access.may_claim(actor, groups, row.assignee_id),
        may_release=is_open and access.may_release(actor, row.assignee_id),
        may_assign=is_open and access.may_assign(actor),
        may_complete=is_open and access.may_complete(actor, row.assignee_id),
        may_see_instance=access.may_see_instance(actor, site.applications[instance.application]),
        closed_at=task.closed_at,
        completed_by=names_of(session, [task.completed_by]).get(task.completed_by, ""),
    )


def assignable_people(session: Session, task_id: str) -> tuple[tuple[str, str], ...]:
    """(username, name) of active people a task may be given to: those in its groups, everybody where it has none."""
    groups = list(session.scalars(select(UserTaskGroup.group_key).where(UserTaskGroup.task_id == task_id)))
    query = select(Person.username, Person.name).where(Person.is_active).order_by(Person.name, Person.username)
    if groups:
        query = query.where(Person.id.in_(select(Membership.person_id).where(Membership.group_key.in_(groups))))
    return tuple((username, name) for username, name in session.execute(query))


def _form(session: Session, site: Site, instance: ProcessInstance, task: UserTask, now: datetime) -> UsableForm | None:
    _, model, process = Library(session).by_id(task.definition_id)
    form = model.form(process.elements[task.element_id].form)
    if form is None:
        return None
    return usable(look(session, site, instance, now), form, task.id if task.status == "open" else NOWHERE)


def _instruction(labels: Labels, task: UserTask) -> str:
    element = labels.found(task.definition_id, task.element_id)
    if element is None:
        return ""
    return element.properties.get(f"instruction:{labels.language}") or element.documentation


def _draft(
    session: Session, site: Site, instance: ProcessInstance, task_id: str, actor: Actor
) -> tuple[dict[str, list[str]], datetime | None]:
    draft = session.get(Draft, (task_id, actor.id)) if actor.id is not None else None
    if draft is None:
        return {}, None
    place = draft_place(draft.task_id, draft.person_id)
    return site.vault.open_json(session, instance.subject_id, draft.sealed_values, place), draft.saved_at
