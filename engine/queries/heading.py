"""What stands at the head of every page of a case: its name and state, who has it now, and what comes next.

A page of a case asks for much besides, so that this asks little: one question for the case, one for its open tasks.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from engine import access
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import (
    CaseFollower,
    DataSubject,
    Incident,
    Person,
    PersonGroup,
    ProcessDefinition,
    ProcessInstance,
    UserTask,
    UserTaskGroup,
)
from engine.queries.ahead import steps_ahead
from engine.queries.instances import visible_instance
from engine.queries.labels import Labels
from engine.queries.operations import IncidentRow, incidents
from engine.queries.sending import Sendable, sendable
from engine.queries.tasks import urgency
from engine.site import Site


@dataclass(frozen=True)
class OpenTask:
    """A task that waits for somebody: the name of who has it, or the names of the groups that are offered it."""

    id: str
    name: str
    element_id: str
    assignee: str
    groups: tuple[str, ...]
    due_at: datetime | None
    urgency: str
    #: whether the reader may open it
    may_see: bool


@dataclass(frozen=True)
class CaseHead:
    """A case at a glance. `ahead`: names of steps that may follow the open tasks; `may_send`: what staff may say."""

    id: str
    business_key: str
    application: str
    process: str
    version: int
    status: str
    started_at: datetime
    ended_at: datetime | None
    ended_by: str
    may_operate: bool
    is_following: bool
    tasks: tuple[OpenTask, ...]
    incidents: tuple[IncidentRow, ...]
    ahead: tuple[str, ...]
    may_send: tuple[Sendable, ...]

    @property
    def is_active(self) -> bool:
        """Whether it goes on."""
        return self.status == "active"


def case_head(
    session: Session, site: Site, instance_id: str, *, actor: Actor, language: str, now: datetime
) -> tuple[ProcessInstance, CaseHead]:
    """The row of a case that `actor` may see, and its head. Raises NotFound, CaseElsewhere."""
    stuck = exists().where(Incident.instance_id == ProcessInstance.id, Incident.resolved_at.is_(None))
    follows = exists().where(CaseFollower.instance_id == ProcessInstance.id, CaseFollower.person_id == actor.id)
    found = session.execute(
        select(
            ProcessInstance, ProcessDefinition, stuck.label("stuck"), follows.label("follows"), DataSubject.wrapped_key
        )
        .join(ProcessDefinition, ProcessDefinition.id == ProcessInstance.definition_id)
        .join(DataSubject, DataSubject.id == ProcessInstance.subject_id)
        .where(ProcessInstance.id == instance_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    instance, is_active = visible_instance(session, site, instance_id, actor), found[0].status == "active"
    site.vault.take(session, instance.subject_id, found.wrapped_key)
    labels = Labels(session, language)
    tasks = _open_tasks(session, instance.id, actor, labels, now) if is_active else ()
    head = CaseHead(
        id=instance.id,
        business_key=instance.business_key,
        application=instance.application,
        process=labels.process(instance.definition_id),
        version=found[1].version,
        status=instance.status,
        started_at=instance.started_at,
        ended_at=instance.ended_at,
        ended_by=labels.element(instance.definition_id, instance.ended_by) if instance.ended_by else "",
        may_operate=access.may_operate(actor),
        is_following=found.follows,
        tasks=tasks,
        incidents=incidents(session, language, instance_id=instance.id) if found.stuck else (),
        ahead=steps_ahead(session, instance.definition_id, [task.element_id for task in tasks], language),
        may_send=_may_send(session, instance, tasks, language) if is_active else (),
    )
    return instance, head


def _may_send(
    session: Session, instance: ProcessInstance, tasks: tuple[OpenTask, ...], language: str
) -> tuple[Sendable, ...]:
    return sendable(session, instance, language, frozenset(task.element_id for task in tasks))


def _open_tasks(
    session: Session, instance_id: str, actor: Actor, labels: Labels, now: datetime
) -> tuple[OpenTask, ...]:
    """The open tasks of a case, the most urgent first, whoever they are for."""
    name = PersonGroup.name_zh if labels.language == "zh" else PersonGroup.name_en
    offered = aliased(UserTaskGroup)
    query = (
        select(UserTask, Person.name, offered.group_key, name, access.visible_tasks(actor).label("may_see"))
        .outerjoin(Person, Person.id == UserTask.assignee_id)
        .outerjoin(offered, offered.task_id == UserTask.id)
        .outerjoin(PersonGroup, PersonGroup.key == offered.group_key)
        .where(UserTask.instance_id == instance_id, UserTask.status == "open")
        .order_by(UserTask.due_at.is_(None), UserTask.due_at, UserTask.created_at, UserTask.id, offered.group_key)
    )
    found: dict[str, OpenTask] = {}
    groups: dict[str, dict[str, None]] = {}
    for task, assignee, group, group_name, may_see in session.execute(query):
        if group:
            groups.setdefault(task.id, {})[group_name or group.removeprefix(access.USER)] = None
        found[task.id] = OpenTask(
            id=task.id,
            name=labels.element(task.definition_id, task.element_id, task.item),
            element_id=task.element_id,
            assignee=assignee or "",
            groups=tuple(groups.get(task.id, ())),
            due_at=task.due_at,
            urgency=urgency(task.due_at, now),
            may_see=bool(may_see),
        )
    return tuple(found.values())
