"""The task list: what waits for a person, and how urgent it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from engine import access, clock
from engine.applications import CaseField
from engine.identity import Actor
from engine.models import IS_OPEN, ProcessInstance, UserTask, UserTaskGroup
from engine.queries.filters import BOXES, OWN_FIELDS, TaskFilter, in_box, narrowed, order, with_tables
from engine.queries.labels import Labels, names_of
from engine.queries.paging import Paged, cut

#: A deadline nearer than this is "soon".
SOON = timedelta(days=3)
#: Priorities (0 to 100) from which on a task is of high, and up to which it is of low importance.
HIGH, LOW = 60, 30

#: Tasks of one list that can be gone through one after the other.
MOST_WALKED = 500

#: Boxes of which nobody sees more than they may anyway.
_OWN_BOXES = frozenset({"mine", "groups", "unassigned"})
_BY_URGENCY = order((), OWN_FIELDS)
_ALL_MINE = TaskFilter()


@dataclass(frozen=True)
class TaskRow:
    """A task in a list."""

    id: str
    name: str
    instance_id: str
    business_key: str
    process: str
    status: str
    assignee_id: int | None
    assignee: str
    groups: tuple[str, ...]
    due_at: datetime | None
    urgency: str
    priority: int
    importance: str
    created_at: datetime
    may_claim: bool
    #: keys under which it is offered, as `access.offers` has them
    offers: frozenset[str] = frozenset()
    follow_up_at: datetime | None = None
    #: path → value of the columns that were chosen besides
    values: Mapping[str, Any] = field(default_factory=dict)


def urgency(due_at: datetime | None, now: datetime) -> str:
    """How near a deadline is: overdue, today, soon, later, or empty without one."""
    if due_at is None:
        return ""
    if due_at <= now:
        return "overdue"
    if due_at.astimezone(clock.zone()).date() == now.astimezone(clock.zone()).date():
        return "today"
    return "soon" if due_at - now <= SOON else "later"


def importance(priority: int) -> str:
    """A priority in words: high, normal or low."""
    return "high" if priority >= HIGH else "low" if priority <= LOW else "normal"


def task_counts(session: Session, actor: Actor, now: datetime, boxes: Sequence[str] = BOXES) -> Mapping[str, int]:
    """How many open tasks each of `boxes` holds for `actor`."""
    counts = [func.count().filter(in_box(actor, box, now)) for box in boxes]
    own = _OWN_BOXES.issuperset(boxes)
    which = or_(*(in_box(actor, box, now) for box in boxes)) if own else access.visible_tasks(actor)
    found = session.execute(select(*counts).select_from(UserTask).where(IS_OPEN, which)).one()
    return dict(zip(boxes, found, strict=True))


def task_list(
    session: Session,
    actor: Actor,
    language: str,
    now: datetime,
    *,
    wanted: TaskFilter = _ALL_MINE,
    fields: Mapping[str, CaseField] = OWN_FIELDS,
    page: int = 1,
    counts: Mapping[str, int] = MappingProxyType({}),
) -> Paged[TaskRow]:
    """Open tasks that `actor` may see, cut and sorted as `wanted`; `fields` are those that it may name.

    `counts`: what `task_counts` gave, where it was asked already.

    Raises InvalidInput and FeelSyntaxError for a condition that cannot be asked.
    """
    known = wanted.known(fields)
    total = None if known.text or known.where else counts.get(known.box)
    # ids first: sorting many tasks by what the index of open ones has reads none of their rows
    limited, paged = cut(session, _listed(actor, known, fields, now), page, total=total)
    place = {task_id: number for number, task_id in enumerate(session.scalars(limited))}
    chosen = {path: fields[path] for path in known.columns}
    query = with_tables(
        _joined(), (each.column.class_ for each in chosen.values() if each.column.class_ is not ProcessInstance)
    )
    rows = _rows(session, query.where(UserTask.id.in_(place)), actor, language, now, chosen) if place else ()
    return replace(paged, rows=tuple(sorted(rows, key=lambda row: place[row.id])))


def task_ids(
    session: Session, actor: Actor, now: datetime, *, wanted: TaskFilter, fields: Mapping[str, CaseField]
) -> tuple[str, ...]:
    """The ids of the first `MOST_WALKED` tasks that `task_list` gives on all its pages, in its order.

    Raises InvalidInput and FeelSyntaxError for a condition that cannot be asked.
    """
    return tuple(session.scalars(_listed(actor, wanted.known(fields), fields, now).limit(MOST_WALKED)))


def tasks_of(session: Session, instance_id: str, actor: Actor, language: str, now: datetime) -> tuple[TaskRow, ...]:
    """The open tasks of one instance, whoever they are for."""
    query = _joined().where(UserTask.instance_id == instance_id, IS_OPEN).order_by(*_BY_URGENCY)
    return _rows(session, query, actor, language, now)


def next_task(session: Session, actor: Actor, instance_id: str) -> str | None:
    """The id of the task to go on with: of the same case if there is one, else the most urgent of one's own."""
    same_case = (UserTask.instance_id != instance_id).asc()
    query = _joined().with_only_columns(UserTask.id).where(IS_OPEN, UserTask.assignee_id == actor.id)
    return session.scalar(query.order_by(same_case, *_BY_URGENCY).limit(1))


def row_of(session: Session, task_id: str, actor: Actor, language: str, now: datetime) -> TaskRow | None:
    """One task that `actor` may see, open or not."""
    return next(iter(rows_of(session, [task_id], actor, language, now)), None)


def rows_of(
    session: Session, task_ids: Sequence[str], actor: Actor, language: str, now: datetime
) -> tuple[TaskRow, ...]:
    """Those of some tasks that `actor` may see, open or not, the most urgent first."""
    query = _joined().where(UserTask.id.in_(task_ids), access.visible_tasks(actor)).order_by(*_BY_URGENCY)
    return _rows(session, query, actor, language, now)


def _listed(
    actor: Actor, known: TaskFilter, fields: Mapping[str, CaseField], now: datetime
) -> Select[*tuple[Any, ...]]:
    """The ids of the tasks of a list, in its order."""
    query = narrowed(select(UserTask.id).where(_open(actor), in_box(actor, known.box, now)), known, fields)
    return query.order_by(*order(known.sort, fields))


def _joined() -> Select[UserTask, str]:
    return select(UserTask, ProcessInstance.business_key).join(
        ProcessInstance, ProcessInstance.id == UserTask.instance_id
    )


def _open(actor: Actor) -> ColumnElement[bool]:
    return and_(IS_OPEN, access.visible_tasks(actor))


def _rows(
    session: Session,
    query: Select[*tuple[Any, ...]],
    actor: Actor,
    language: str,
    now: datetime,
    chosen: Mapping[str, CaseField] = MappingProxyType({}),
) -> tuple[TaskRow, ...]:
    found = session.execute(query.add_columns(*(each.column for each in chosen.values()))).all()
    labels = Labels(session, language)
    groups = _groups(session, [task.id for task, *_ in found])
    names = names_of(session, [task.assignee_id for task, *_ in found])
    return tuple(
        TaskRow(
            id=task.id,
            name=labels.element(task.definition_id, task.element_id, task.item),
            instance_id=task.instance_id,
            business_key=business_key,
            process=labels.process(task.definition_id),
            status=task.status,
            assignee_id=task.assignee_id,
            assignee=names.get(task.assignee_id, ""),
            groups=labels.groups(sorted(access.groups_of(groups.get(task.id, ())))),
            due_at=task.due_at,
            urgency=urgency(task.due_at, now),
            priority=task.priority,
            importance=importance(task.priority),
            created_at=task.created_at,
            may_claim=task.assignee_id is None and access.may_claim(actor, groups.get(task.id, ()), None),
            offers=frozenset(groups.get(task.id, ())),
            follow_up_at=task.follow_up_at,
            values=dict(zip(chosen, values, strict=True)),
        )
        for task, business_key, *values in found
    )


def _groups(session: Session, task_ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if task_ids:
        query = access.offer_rows().add_columns(UserTaskGroup.task_id).where(UserTaskGroup.task_id.in_(task_ids))
        for group, unit, task_id in session.execute(query):
            found.setdefault(task_id, []).append(access.offer_key(group, unit))
    return found
