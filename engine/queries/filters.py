"""How the task list is cut and sorted: boxes, a search, a condition on fields, an order, columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, inspect, or_, true

from engine import access, clock
from engine.applications import CaseField, FieldKind
from engine.identity import Actor
from engine.models import ProcessInstance, UserTask, UserTaskGroup
from engine.queries.conditions import condition
from engine.site import Site

#: Parts of the list: assigned to me and not put off; of my groups; of those what nobody has; overdue; due today; put
#: off until today; until later; all I may see.
BOXES = ("mine", "groups", "unassigned", "overdue", "today", "follow_up", "waiting", "all")

#: What every task and case has, whatever the application.
OWN_FIELDS: Mapping[str, CaseField] = MappingProxyType(
    {
        "task.due_at": CaseField("办理期限", "Task due", FieldKind.MOMENT, UserTask.due_at),
        "task.priority": CaseField("任务优先级", "Priority of the task", FieldKind.NUMBER, UserTask.priority),
        "task.created_at": CaseField("任务产生时间", "Task since", FieldKind.MOMENT, UserTask.created_at),
        "task.follow_up_at": CaseField("跟进日期", "Follow-up", FieldKind.MOMENT, UserTask.follow_up_at),
        "case.number": CaseField("案件编号", "Case number", FieldKind.TEXT, ProcessInstance.business_key),
        "case.started_at": CaseField("立案时间", "Case since", FieldKind.MOMENT, ProcessInstance.started_at),
    }
)

#: Short names of orders, and what they go by; `-` before a field: from the greatest down.
ORDERS: Mapping[str, str] = MappingProxyType(
    {"due": "task.due_at", "priority": "-task.priority", "age": "task.created_at"}
)
#: Fields that one order may go by, and columns that may be shown besides the fixed ones.
MOST_ORDERS, MOST_COLUMNS = 4, 6


@dataclass(frozen=True)
class TaskFilter:
    """A way of looking at the task list, as it stands in the address of its page.

    `text` is part of a case number, `where` a condition (`engine.queries.conditions`); `sort` holds names of ORDERS or
    paths of fields, `columns` paths of fields. Names that nobody knows are passed over.
    """

    box: str = "mine"
    text: str = ""
    where: str = ""
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def within(self, box: str, *, text: str | None = None, where: str | None = None) -> "TaskFilter":
        """The same in another box, perhaps with another search or condition."""
        text, where = self.text if text is None else text, self.where if where is None else where
        return replace(self, box=box, text=text, where=where)

    def known(self, fields: Mapping[str, CaseField]) -> "TaskFilter":
        """The same without names that nobody knows, in an order that somebody knows."""
        sort = [name for name in dict.fromkeys(self.sort) if ORDERS.get(name, name).removeprefix("-") in fields]
        return TaskFilter(
            self.box if self.box in BOXES else BOXES[0],
            self.text.strip(),
            self.where.strip(),
            tuple(sort[:MOST_ORDERS]) or ("due",),
            tuple([path for path in dict.fromkeys(self.columns) if path in fields][:MOST_COLUMNS]),
        )


def task_fields(site: Site) -> Mapping[str, CaseField]:
    """Path → everything that tasks can be filtered, sorted and shown by."""
    fields = dict(OWN_FIELDS)
    for application in site.applications.values():
        fields.update(application.fields)
    return fields


def narrowed(
    query: Select[*tuple[Any, ...]], wanted: TaskFilter, fields: Mapping[str, CaseField]
) -> Select[*tuple[Any, ...]]:
    """`query`, of tasks, cut to search and condition, and with the tables of all fields by which it is cut or sorted.

    Raises InvalidInput and FeelSyntaxError for a condition that cannot be asked.
    """
    used = {_path(name) for name in wanted.sort}
    if wanted.where:
        asked = condition(wanted.where, fields)
        query, used = query.where(asked.clause), used | asked.fields
    tables = [fields[path].column.class_ for path in sorted(used)]
    if wanted.text:
        query = query.where(ProcessInstance.business_key.icontains(wanted.text, autoescape=True))
        tables.append(ProcessInstance)
    return with_tables(query, tables)


def order(sort: Iterable[str], fields: Mapping[str, CaseField]) -> tuple[ColumnElement[Any], ...]:
    """By what the list goes: what `sort` names, what has none of it last; then urgency, importance and age."""
    steps = [ORDERS.get(name, name) for name in (*sort, "due", "priority", "age")]
    found = []
    for step in dict.fromkeys(steps):
        column = fields[step.removeprefix("-")].column
        found.append((column.desc() if step.startswith("-") else column.asc()).nulls_last())
    return (*found, UserTask.id)


def in_box(actor: Actor, box: str, now: datetime) -> ColumnElement[bool]:
    """Which tasks lie in `box`."""
    offered = exists().where(UserTaskGroup.task_id == UserTask.id, access.offered_to(actor))
    tomorrow = _tomorrow(now)
    boxes: dict[str, ColumnElement[bool]] = {
        "mine": and_(
            or_(UserTask.assignee_id == actor.id, UserTask.handed_to_id == actor.id),
            or_(UserTask.follow_up_at.is_(None), UserTask.follow_up_at < tomorrow),
        ),
        "groups": offered,
        "unassigned": and_(UserTask.assignee_id.is_(None), offered),
        "overdue": UserTask.due_at <= now,
        "today": and_(UserTask.due_at > now, UserTask.due_at < tomorrow),
        "follow_up": UserTask.follow_up_at < tomorrow,
        "waiting": UserTask.follow_up_at >= tomorrow,
    }
    return boxes.get(box, true())


def _path(name: str) -> str:
    return ORDERS.get(name, name).removeprefix("-")


def _tomorrow(now: datetime) -> datetime:
    day = now.astimezone(clock.zone()).date() + timedelta(days=1)
    return datetime.combine(day, time(), clock.zone())


def with_tables(query: Select[*tuple[Any, ...]], tables: Iterable[Any]) -> Select[*tuple[Any, ...]]:
    """`query`, of tasks, with the rows that `tables` have of their cases."""
    for table in dict.fromkeys(tables):
        if table is not UserTask:
            query = query.outerjoin(table, inspect(table).primary_key[0] == UserTask.instance_id)
    return query
