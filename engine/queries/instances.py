"""The instance list, and who may see a case."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine import access
from engine.access import CaseElsewhere
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import Incident, ProcessDefinition, ProcessInstance, UserTask
from engine.queries.labels import Labels
from engine.queries.paging import MOST_COUNTED, Paged, count_of, cut
from engine.site import Site

STATUSES = ("active", "completed", "cancelled")


@dataclass(frozen=True)
class InstanceRow:
    """A case in a list; `waits_at` names its open tasks, `incidents` counts open ones."""

    id: str
    business_key: str
    process: str
    version: int
    status: str
    started_at: datetime
    ended_at: datetime | None
    waits_at: tuple[str, ...]
    incidents: int


def instance_counts(session: Session, site: Site, actor: Actor) -> Mapping[str, int]:
    """How many visible cases each status has; `all` counts them together. Each up to one more than `MOST_COUNTED`."""
    visible = select(ProcessInstance.id).where(access.visible_instances(actor, site.applications))
    counted = [count_of(visible.where(ProcessInstance.status == status)) for status in STATUSES]
    found = session.execute(select(*counted)).one()
    return {"all": min(sum(found), MOST_COUNTED + 1), **dict(zip(STATUSES, found, strict=True))}


def instance_list(
    session: Session,
    site: Site,
    actor: Actor,
    language: str,
    *,
    status: str = "",
    process: str = "",
    text: str = "",
    page: int = 1,
) -> Paged[InstanceRow]:
    """Cases that `actor` may see, newest first; `process` is a process key, `text` part of a business key."""
    query = (
        select(ProcessInstance, ProcessDefinition.version)
        .join(ProcessDefinition, ProcessDefinition.id == ProcessInstance.definition_id)
        .where(access.visible_instances(actor, site.applications))
    )
    if status in STATUSES:
        query = query.where(ProcessInstance.status == status)
    if process:
        query = query.where(ProcessInstance.key == process)
    if text.strip():
        query = query.where(ProcessInstance.business_key.icontains(text.strip(), autoescape=True))
    query = query.order_by(ProcessInstance.started_at.desc(), ProcessInstance.id)
    limited, paged = cut(session, query, page)
    return replace(paged, rows=_rows(session, limited, language))


def process_names(session: Session, site: Site, actor: Actor, language: str) -> tuple[tuple[str, str], ...]:
    """(key, name) of every process that `actor` may see cases of."""
    keys = [key for key, one in site.applications.items() if access.is_staff(actor, one)]
    newest = (
        select(func.max(ProcessDefinition.id))
        .where(ProcessDefinition.application.in_(keys))
        .group_by(ProcessDefinition.key)
    )
    labels = Labels(session, language)
    rows = session.execute(select(ProcessDefinition.key, ProcessDefinition.id).where(ProcessDefinition.id.in_(newest)))
    return tuple(sorted(((key, labels.process(newest_id)) for key, newest_id in rows), key=lambda pair: pair[1]))


def visible_instance(session: Session, site: Site, instance_id: str, actor: Actor) -> ProcessInstance:
    """The row of a case that `actor` may see in full. Raises NotFound, and CaseElsewhere outside the own subtree."""
    instance = session.get(ProcessInstance, instance_id)
    if instance is None or not access.is_staff(actor, site.applications[instance.application]):
        raise NotFound
    if not access.may_see_instance(session, actor, site.applications[instance.application], instance_id):
        raise _elsewhere(instance)
    return instance


def may_see_case(session: Session, site: Site, instance_id: str, actor: Actor) -> bool:
    """Whether `actor` may see the case in full, or has or had a task in it. Raises CaseElsewhere."""
    instance = session.get(ProcessInstance, instance_id)
    if instance is None:
        return False
    application = site.applications[instance.application]
    if access.may_see_case(session, actor, application, instance_id):
        return True
    if access.is_staff(actor, application):
        raise _elsewhere(instance)
    return False


def _elsewhere(instance: ProcessInstance) -> CaseElsewhere:
    error = CaseElsewhere()
    error.instance_id = instance.id
    return error


def _rows(session: Session, query: Select[ProcessInstance, int], language: str) -> tuple[InstanceRow, ...]:
    found = session.execute(query).all()
    ids = [instance.id for instance, _ in found]
    labels = Labels(session, language)
    waits: dict[str, list[str]] = {}
    tasks = select(UserTask).where(UserTask.instance_id.in_(ids), UserTask.status == "open")
    for task in session.scalars(tasks.order_by(UserTask.created_at, UserTask.id)):
        waits.setdefault(task.instance_id, []).append(labels.element(task.definition_id, task.element_id, task.item))
    counted = select(Incident.instance_id, func.count()).where(
        Incident.instance_id.in_(ids), Incident.resolved_at.is_(None)
    )
    incidents = dict(session.execute(counted.group_by(Incident.instance_id)).all())
    return tuple(
        InstanceRow(
            id=instance.id,
            business_key=instance.business_key,
            process=labels.process(instance.definition_id),
            version=version,
            status=instance.status,
            started_at=instance.started_at,
            ended_at=instance.ended_at,
            waits_at=tuple(waits.get(instance.id, ())),
            incidents=incidents.get(instance.id, 0),
        )
        for instance, version in found
    )
