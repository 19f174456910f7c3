"""One case on its diagram: where it stands, element by element, and what it waits for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine import access, history
from engine.errors import Erased, StateUnreadable
from engine.execution.scopes import INSTANCE
from engine.execution.waiting import waits
from engine.history import Entry
from engine.identity import Actor
from engine.models import ProcessDefinition, ProcessInstance
from engine.queries.instances import visible_instance
from engine.queries.labels import Labels, names_of
from engine.queries.literals import literal_text
from engine.queries.looking import look
from engine.queries.operations import IncidentRow, JobRow, TimerRow, incidents, jobs, timers
from engine.queries.tasks import TaskRow, tasks_of
from engine.site import Site
from engine.transition import Move

#: States of elements, the most urgent first.
_STATES = ("incident", "active", "waiting", "done")


@dataclass(frozen=True)
class ElementRow:
    """How one element of the diagram stands: tokens on it now, how often it was left, what waits or failed there."""

    id: str
    name: str
    #: a boundary event: it waits beside the work, and most never fire
    is_boundary: bool
    active: int
    done: int
    since: datetime | None
    due_at: datetime | None
    incidents: int
    failed: bool

    @property
    def state(self) -> str:
        """incident, active, waiting (a boundary event) or done."""
        if self.incidents or self.failed:
            return "incident"
        if self.active:
            return "waiting" if self.is_boundary else "active"
        return "done"

    @property
    def is_worth_a_row(self) -> bool:
        """Whether a table shows it: what is drawn without a name says nothing there unless it failed."""
        return self.state == "incident" or self.name != self.id


@dataclass(frozen=True)
class Variable:
    """A variable of the case, its value as FEEL writes it."""

    name: str
    value: str


@dataclass(frozen=True)
class InstanceDetail:
    """A case. `readable` is False when its state cannot be read.

    `variables` and `waits` (a paragraph for every token, without values) are empty for those who may not operate.
    """

    id: str
    business_key: str
    application: str
    process: str
    version: int
    definition_id: int
    status: str
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    ended_by: str
    readable: bool
    may_operate: bool
    elements: tuple[ElementRow, ...]
    flows: tuple[str, ...]
    tasks: tuple[TaskRow, ...]
    timers: tuple[TimerRow, ...]
    jobs: tuple[JobRow, ...]
    incidents: tuple[IncidentRow, ...]
    variables: tuple[Variable, ...]
    waits: tuple[str, ...]

    @property
    def is_active(self) -> bool:
        """Whether it goes on."""
        return self.status == "active"


def instance_detail(
    session: Session, site: Site, instance_id: str, *, actor: Actor, language: str, now: datetime
) -> InstanceDetail:
    """A case that `actor` may see. Raises NotFound."""
    instance = visible_instance(session, site, instance_id, actor)
    definition = session.get_one(ProcessDefinition, instance.definition_id)
    labels = Labels(session, language)
    entries = history.read(session, site.vault, history.instance_stream(instance.id))
    step = _look(session, site, instance, now)
    open_incidents = incidents(session, language, instance_id=instance.id)
    waiting = timers(session, instance, language)
    may_operate = access.may_operate(actor)
    return InstanceDetail(
        id=instance.id,
        business_key=instance.business_key,
        application=instance.application,
        process=labels.process(instance.definition_id),
        version=definition.version,
        definition_id=instance.definition_id,
        status=instance.status,
        started_at=instance.started_at,
        started_by=names_of(session, [instance.started_by]).get(instance.started_by, ""),
        ended_at=instance.ended_at,
        ended_by=labels.element(instance.definition_id, instance.ended_by) if instance.ended_by else "",
        readable=step is not None,
        may_operate=may_operate,
        elements=_elements(labels, instance, step, entries, open_incidents, waiting),
        flows=tuple(dict.fromkeys(flow for entry in entries for flow in entry.detail.get("flows", ()))),
        tasks=tasks_of(session, instance.id, actor, language, now),
        timers=waiting,
        jobs=jobs(session, language, instance_id=instance.id),
        incidents=open_incidents,
        variables=_variables(step) if may_operate else (),
        waits=_waits(step, language) if may_operate and step else (),
    )


def _look(session: Session, site: Site, instance: ProcessInstance, now: datetime) -> Move | None:
    """The case loaded, or None where its state cannot be read: the page still has to show all else."""
    try:
        return look(session, site, instance, now)
    except (Erased, StateUnreadable):
        return None


def _elements(
    labels: Labels,
    instance: ProcessInstance,
    step: Move | None,
    entries: Sequence[Entry],
    open_incidents: Iterable[IncidentRow],
    waiting: Iterable[TimerRow],
) -> tuple[ElementRow, ...]:
    active = Counter(element_id for _, element_id, _ in (step.execution.open_elements() if step else ()))
    done = Counter(entry.element_id for entry in entries if entry.kind == "left")
    since = {entry.element_id: entry.at for entry in entries if entry.kind == "entered"}
    troubles = Counter(incident.element_id for incident in open_incidents)
    due: dict[str, datetime] = {}
    failed = set()
    for timer in waiting:
        if timer.due_at is not None:
            due[timer.element_id] = min(timer.due_at, due.get(timer.element_id, timer.due_at))
        if timer.state == "failed":
            failed.add(timer.element_id)
    ids = [each for each in dict.fromkeys([*active, *troubles, *reversed([*done])]) if each]
    rows = [
        ElementRow(
            id=element_id,
            name=labels.element(instance.definition_id, element_id),
            is_boundary=_is_boundary(labels, instance, element_id),
            active=active[element_id],
            done=done[element_id],
            since=since.get(element_id) if active[element_id] else None,
            due_at=due.get(element_id),
            incidents=troubles[element_id],
            failed=element_id in failed,
        )
        for element_id in ids
    ]
    return tuple(sorted(rows, key=lambda row: _STATES.index(row.state)))


def _is_boundary(labels: Labels, instance: ProcessInstance, element_id: str) -> bool:
    found = labels.found(instance.definition_id, element_id)
    return found is not None and found.tag == "boundaryEvent"


def _variables(step: Move | None) -> tuple[Variable, ...]:
    scope = step.execution.scopes[INSTANCE] if step else {}
    return tuple(Variable(name, literal_text(value)) for name, value in sorted(scope.items()))


def _waits(step: Move, language: str) -> tuple[str, ...]:
    return tuple(each.what(language, with_values=False) for each in waits(step.execution))
