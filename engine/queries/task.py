"""One task with its form, as the person in front of it sees it."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import access
from engine.applications import TaskFacts
from engine.commands.tasks import draft_place
from engine.definitions import Library
from engine.errors import NotAllowed, NotFound
from engine.identity import Actor, as_actor
from engine.models import Draft, Membership, Person, ProcessInstance, UserTask
from engine.queries.labels import Labels, names_of
from engine.queries.looking import NOWHERE, UsableForm, look, usable
from engine.queries.people import MOST_CHOICES
from engine.queries.tasks import TaskRow, row_of
from engine.site import Site


@dataclass(frozen=True)
class TaskDetail:
    """A task. `form` is None where the task has none; `draft` is what the reader typed before, with its time."""

    row: TaskRow
    element_id: str
    instruction: str
    form: UsableForm | None
    draft: dict[str, list[str]]
    draft_saved_at: datetime | None
    may_claim: bool
    may_release: bool
    may_postpone: bool
    may_assign: bool
    may_complete: bool
    #: who was asked to take it over and has not answered, and whether that is the reader
    handed_to: str
    may_accept: bool
    may_see_instance: bool
    closed_at: datetime | None
    completed_by: str

    @property
    def may_give(self) -> bool:
        """Whether the reader may assign it, or hand over what is their own."""
        return self.may_assign or self.may_complete

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
    offers, application = row.offers, site.applications[instance.application]
    is_open = task.status == "open"
    draft, saved_at = _draft(session, site, instance, task_id, actor)
    return TaskDetail(
        row=row,
        element_id=task.element_id,
        instruction=_instruction(Labels(session, language), task),
        form=_form(session, site, instance, task, now),
        draft=draft,
        draft_saved_at=saved_at,
        may_claim=is_open and row.assignee_id is None and access.may_claim(actor, offers, row.assignee_id),
        may_release=is_open and access.may_release(actor, row.assignee_id, offers),
        may_postpone=is_open and access.may_postpone(actor, row.assignee_id, offers),
        may_assign=is_open and access.may_assign(actor, offers),
        may_complete=is_open and access.may_complete(actor, row.assignee_id),
        handed_to=names_of(session, [task.handed_to_id]).get(task.handed_to_id, "") if is_open else "",
        may_accept=is_open and actor.id is not None and task.handed_to_id == actor.id,
        may_see_instance=access.may_see_instance(session, actor, application, instance.id),
        closed_at=task.closed_at,
        completed_by=names_of(session, [task.completed_by]).get(task.completed_by, ""),
    )


def free_to_do(session: Session, site: Site, task_id: str, people: Iterable[Actor]) -> list[Actor]:
    """Those of `people` whom neither separation of duty nor a rule of the application bars from the task."""
    task = session.get_one(UserTask, task_id)
    instance = session.get_one(ProcessInstance, task.instance_id)
    element = Library(session).by_id(task.definition_id)[2].elements[task.element_id]
    application, acted = site.applications[instance.application], access.Acted(session, instance.id)
    free = []
    for person in people:
        facts = TaskFacts(
            instance_id=instance.id,
            element_id=element.id,
            properties=element.properties,
            person_id=person.id or 0,
            person_groups=person.groups,
            acted=acted,
            username=person.username,
            held_on=person.held_on,
            insisted=True,
        )
        with contextlib.suppress(NotAllowed):
            access.check_rules(session, application, facts)
            free.append(person)
    return free


def assignable_people(
    session: Session, site: Site, task_id: str, offers: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """(username, name) of active people who may do a task: those it is offered to, everybody where it has no group.

    None of more than MOST_CHOICES people: too many to choose from in a list.
    """
    query = select(Person, Membership.group_key, Membership.unit_key).outerjoin(
        Membership, Membership.person_id == Person.id
    )
    if offers:
        groups = access.groups_of(offers)
        users = [key.removeprefix(access.USER) for key in offers if key.startswith(access.USER)]
        query = query.where(or_(Membership.group_key.in_(groups), Person.username.in_(users)))
    people: dict[int, tuple[Person, list[tuple[str, str]]]] = {}
    found = session.execute(query.where(Person.is_active).order_by(Person.name, Person.username))
    for person, group, unit in found:
        people.setdefault(person.id, (person, []))[1].append((group or "", unit or ""))
    members = (as_actor(person, grants) for person, grants in people.values())
    offered = [person for person in members if access.may_be_assigned(person, offers)]
    if len(offered) > MOST_CHOICES:
        return ()
    return tuple((person.username, person.name) for person in free_to_do(session, site, task_id, offered))


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
