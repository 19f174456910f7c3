"""A user task opened to do something with it: its case locked, who may see it decided, and separation of duty."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, exists, select
from sqlalchemy.orm import Session

from engine import access, history
from engine.applications import Application, TaskFacts
from engine.bpmn.elements import Element
from engine.definitions import Library
from engine.errors import InvalidInput, NotAllowed, NotFound, RedressError, TaskFreed, TaskMoved, TaskNotActive
from engine.forms import Form
from engine.history import Line
from engine.identity import Actor
from engine.models import DataSubject, Draft, Person, ProcessInstance, UnitAncestor, UserTask, UserTaskGroup
from engine.site import Site
from engine.transition import call_for, lock


@dataclass(frozen=True)
class Seen:
    """A user task that the actor may see, with what deciding about it needs."""

    task: UserTask
    instance: ProcessInstance
    application: Application
    #: under which keys it is offered, as `engine.access` compares them
    offers: frozenset[str]
    element: Element
    form: Form | None
    has_draft: bool


class DutyRefused(RedressError):
    """Somebody must not do this step."""

    def __init__(self, seen: Seen, username: str, why: NotAllowed) -> None:
        super().__init__()
        self.instance_id, self.task_id, self.element_id = seen.instance.id, seen.task.id, seen.element.id
        self.username, self.why = username, why


def open_task(site: Site, session: Session, task_id: str, actor: Actor) -> Seen:
    """Lock the case, then read an open task that `actor` may see. Raises NotFound, TaskNotActive."""
    session.info.setdefault("vault", site.vault)
    found = session.execute(
        select(ProcessInstance, DataSubject.wrapped_key)
        .join(DataSubject, DataSubject.id == ProcessInstance.subject_id)
        .where(ProcessInstance.id == instance_of(task_id))
        .with_for_update(of=ProcessInstance)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    instance: ProcessInstance = found[0]
    site.vault.take(session, instance.subject_id, found[1])
    task, offers, has_draft = _read(session, task_id)
    if not access.may_see_task(actor, offers, task.assignee_id, task.handed_to_id):
        raise NotFound
    if task.status != "open":
        raise TaskNotActive(what_happened=_what_happened(session, task))
    _, model, process = Library(session).by_id(task.definition_id)
    element = process.elements[task.element_id]
    application = site.applications[instance.application]
    return Seen(task, instance, application, offers, element, model.form(element.form), has_draft)


def check_holder(session: Session, seen: Seen, holder: int | None) -> None:
    """Refuse what was asked about a task that meanwhile changed hands.

    `holder`: id of the person who had it when it was asked, 0 for nobody; None: whoever has it. Raises TaskMoved,
    TaskFreed.
    """
    has_it = seen.task.assignee_id
    if holder is None or (has_it or 0) == holder:
        return
    raise TaskMoved(name=name_of(session, has_it)) if has_it else TaskFreed


def check_duty(session: Session, seen: Seen, person: Actor, *, insisted: bool = False) -> None:
    """Refuse `person` by separation of duty and the application's rules; `refusals_on_record` tells who was refused.

    `insisted`: a lead wants this person, or the person has the task already. Raises DutyRefused.
    """
    if person.id is None:
        raise NotAllowed
    if not (seen.application.access_rules or access.NOT_ROLE in seen.element.properties):
        return
    facts = TaskFacts(
        instance_id=seen.instance.id,
        element_id=seen.element.id,
        properties=seen.element.properties,
        person_id=person.id,
        person_groups=person.groups,
        acted=access.Acted(session, seen.instance.id),
        username=person.username,
        held_on=person.held_on,
        insisted=insisted,
    )
    try:
        access.check_rules(session, seen.application, facts)
    except NotAllowed as why:
        raise DutyRefused(seen, person.username, why) from why


@contextmanager
def refusals_on_record(site: Site, actor: Actor, now: datetime) -> Iterator[None]:
    """Let the case's history tell, in a transaction of its own, of an attempt that separation of duty refused.

    Raises what the rule raised.
    """
    try:
        yield
    except DutyRefused as refused:
        detail = {"task": refused.task_id, "person": refused.username, "rule": type(refused.why).__name__}
        line = Line("task_refused", refused.element_id, detail)
        with site.database.transaction() as session:
            session.info["vault"] = site.vault
            instance = lock(session, refused.instance_id)
            history.record(session, site.vault, instance, [line], actor=actor.username, now=now)
        raise refused.why from refused


def record(site: Site, session: Session, seen: Seen, line: Line, actor: Actor, now: datetime) -> None:
    """Add a line to the case's history, and have done what it calls for."""
    history.record(session, site.vault, seen.instance, [line], actor=actor.username, now=now)
    call_for(session, site.vault, seen.application, seen.instance, [line], actor=actor.username, now=now)


def instance_of(task_id: str) -> ScalarSelect[str]:
    """The id of the task's case, as a question."""
    return select(UserTask.instance_id).where(UserTask.id == task_id).scalar_subquery()


def reason(text: str) -> str:
    """A reason that somebody has to give. Raises InvalidInput."""
    text = text.strip()
    if not 3 <= len(text) <= 500:
        raise InvalidInput(why="give a reason of 3 to 500 characters")
    return text


def name_of(session: Session, person_id: int | None) -> str:
    """The name others see."""
    return session.scalar(select(Person.name).where(Person.id == person_id)) or "somebody"


def username_of(session: Session, person_id: int | None) -> str:
    """The user name; empty for nobody."""
    return session.scalar(select(Person.username).where(Person.id == person_id)) or ""


def _read(session: Session, task_id: str) -> tuple[UserTask, frozenset[str], bool]:
    """A task, the keys it is offered under, and whether anybody keeps a draft for it: in one question."""
    draft = exists().where(Draft.task_id == UserTask.id)
    query = (
        select(UserTask, UserTaskGroup.group_key, UnitAncestor.ancestor_key, draft)
        .outerjoin(UserTaskGroup, UserTaskGroup.task_id == UserTask.id)
        .outerjoin(UnitAncestor, UnitAncestor.unit_key == UserTaskGroup.unit_key)
        .where(UserTask.id == task_id)
    )
    rows = session.execute(query).all()
    return rows[0][0], frozenset(access.offer_key(row[1], row[2]) for row in rows if row[1]), rows[0][3]


def _what_happened(session: Session, task: UserTask) -> str:
    if task.status == "completed":
        return f"{name_of(session, task.completed_by)} completed it"
    return "the case went on without it"
