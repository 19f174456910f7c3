"""When tasks will be done: a few questions for all the tasks that a page shows, however many wait beside them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from engine import clock
from engine.forecast import Ahead, Forecast, Pace, Timetable, forecast
from engine.models import (
    IS_OPEN,
    Absence,
    Membership,
    Person,
    ProcessDefinition,
    ProcessInstance,
    StepPace,
    UserTask,
    UserTaskGroup,
)
from engine.paces import COLUMNS, Paces, forecasting_of
from engine.site import Site

#: Number of a place in a queue, how many tasks of one step come before that place, and the work of all of them.
Earlier = tuple[int, int, timedelta]
#: Whose work a task waits in: the id of the person who has it, or the group and unit that it is offered to.
Queue = tuple[str, str]


@dataclass(frozen=True)
class Waiting:
    """An open task: what its forecast is made of."""

    id: str
    instance_id: str
    application: str
    pace: Pace
    assignee_id: int | None
    offer: Queue | None
    created_at: datetime
    due_at: datetime | None
    follow_up_at: datetime | None
    away_until: datetime | None
    case_due_at: datetime | None

    @property
    def queue(self) -> Queue | None:
        """Where it waits; None where it is offered to nobody."""
        return ("", str(self.assignee_id)) if self.assignee_id is not None else self.offer

    @property
    def place(self) -> tuple[bool, float, float, str]:
        """Its place in the queue: by deadline, then by age."""
        due_at = self.due_at.timestamp() if self.due_at else 0.0
        return self.due_at is None, due_at, self.created_at.timestamp(), self.id


#: Joins the pace of a task's step.
OF_STEP = and_(StepPace.process_key == ProcessDefinition.key, StepPace.element_id == UserTask.element_id)
#: In place of the group where a person has the tasks.
_NOBODY = literal("")


def forecasts(session: Session, site: Site, now: datetime, task_ids: Sequence[str]) -> Mapping[str, Forecast]:
    """Task id → when it will be done, for those of the tasks that are open."""
    waiting = _waiting(session, site, now, UserTask.id.in_(task_ids)) if task_ids else []
    if not waiting:
        return {}
    ahead = _ahead(session, site, waiting, now)
    tables = {key: Timetable(forecasting_of(site.applications[key]).calendar(), now) for key in _applications(waiting)}
    return {
        task.id: forecast(tables[task.application], task.pace, ahead[task.id], task.due_at, task.case_due_at)
        for task in waiting
    }


def case_forecast(session: Session, site: Site, now: datetime, instance_id: str) -> Forecast | None:
    """The forecast of the open task that keeps the deadline of a case waiting longest; None where nothing does."""
    ids = session.scalars(select(UserTask.id).where(UserTask.instance_id == instance_id, IS_OPEN))
    found = [each for each in forecasts(session, site, now, list(ids)).values() if each.case_done_at is not None]
    return max(found, key=lambda each: each.case_done_at or now, default=None)


def _applications(waiting: Iterable[Waiting]) -> set[str]:
    return {task.application for task in waiting}


# --- the tasks ------------------------------------------------------------------------------------------------------


def _waiting(session: Session, site: Site, now: datetime, which: ColumnElement[bool]) -> list[Waiting]:
    """Open tasks with what they are offered to, when their people are back, and the deadlines of their cases."""
    today = now.astimezone(clock.zone()).date()
    query = (
        select(UserTask, ProcessInstance.application, Absence.to_on, UserTaskGroup, *COLUMNS)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == UserTask.definition_id)
        .outerjoin(StepPace, OF_STEP)
        .outerjoin(
            Absence,
            and_(Absence.person_id == UserTask.assignee_id, Absence.from_on <= today, Absence.to_on >= today),
        )
        .outerjoin(UserTaskGroup, and_(UserTaskGroup.task_id == UserTask.id, UserTask.assignee_id.is_(None)))
        .where(IS_OPEN, which)
        .order_by(UserTask.id, Absence.to_on, UserTaskGroup.group_key, UserTaskGroup.unit_key)
    )
    found: dict[str, Waiting] = {}
    paces = Paces(site, now)
    for task, application, away_to, offer, *pace, due_at in session.execute(case_due(query, site)):
        if task.id in found and (away_to is None or found[task.id].offer is not None):
            continue
        found[task.id] = Waiting(
            id=task.id,
            instance_id=task.instance_id,
            application=application,
            pace=paces.of(task.element_id, *pace),
            assignee_id=task.assignee_id,
            offer=(offer.group_key, offer.unit_key) if offer is not None else None,
            created_at=task.created_at,
            due_at=task.due_at,
            follow_up_at=task.follow_up_at,
            away_until=next_morning(away_to) if away_to is not None else None,
            case_due_at=due_at,
        )
    return list(found.values())


def case_due(query: Select[*tuple[Any, ...]], site: Site) -> Select[*tuple[Any, ...]]:
    """`query` with the deadline of the case as its last column."""
    dues = [one.forecasting.due for one in site.applications.values() if one.forecasting is not None]
    for due in dues:
        query = query.outerjoin(due.class_, due.class_.instance_id == UserTask.instance_id)
    return query.add_columns(func.coalesce(*dues, null()) if len(dues) > 1 else dues[0] if dues else null())


def next_morning(day: date) -> datetime:
    """When the day after `day` begins: from then on whoever was away is back."""
    return datetime.combine(day + timedelta(days=1), time(), clock.zone())


# --- what comes before them -----------------------------------------------------------------------------------------


def _ahead(session: Session, site: Site, waiting: Sequence[Waiting], now: datetime) -> Mapping[str, Ahead]:
    """Task id → what comes before it in its queue."""
    places = sorted(waiting, key=lambda task: task.place)
    earlier, hands = _earlier(session, site, places, now), _hands(session, site, places, now)
    found = {}
    for number, task in enumerate(places):
        counted = [each for each in earlier[task.queue] if each[0] <= number]
        found[task.id] = Ahead(
            tasks=sum(tasks for _, tasks, _ in counted),
            work=sum((work for _, _, work in counted), timedelta()),
            hands=hands.get(task.queue, 1),
            away_until=task.away_until,
            put_off_until=task.follow_up_at,
        )
    return found


def _earlier(
    session: Session, site: Site, places: Sequence[Waiting], now: datetime
) -> Mapping[Queue | None, list[Earlier]]:
    """Queue → which of `places` its open tasks come before at the earliest, how many they are, and their work."""
    people = sorted({task.assignee_id for task in places if task.assignee_id is not None})
    offers, parts, paces = _offers(places), [], Paces(site, now)
    if people:
        queue = (_NOBODY, cast(UserTask.assignee_id, String))
        parts.append(_counts(*queue, places=places, now=now).where(UserTask.assignee_id.in_(people)))
    if offers:
        query = _counts(UserTaskGroup.group_key, UserTaskGroup.unit_key, places=places, now=now)
        offered = tuple_(UserTaskGroup.group_key, UserTaskGroup.unit_key).in_(offers)
        parts.append(query.join(UserTaskGroup, UserTaskGroup.task_id == UserTask.id).where(offered))
    found: defaultdict[Queue | None, list[Earlier]] = defaultdict(list)
    if parts:
        for group, unit, element_id, *pace, place, tasks in session.execute(union_all(*parts)):
            found[group, unit].append((place, tasks, paces.of(element_id, *pace).work * tasks))
    return found


def _counts(*queue: Any, places: Sequence[Waiting], now: datetime) -> Select[*tuple[Any, ...]]:
    """Columns `queue`, element, its pace, number of the first of `places` that they come before, and how many tasks."""
    place = case(*((_before(task), number) for number, task in enumerate(places))).label("place")
    return (
        select(*queue, UserTask.element_id, *COLUMNS, place, func.count())
        .select_from(UserTask)
        .join(ProcessDefinition, ProcessDefinition.id == UserTask.definition_id)
        .outerjoin(StepPace, OF_STEP)
        .where(
            IS_OPEN,
            or_(UserTask.follow_up_at.is_(None), UserTask.follow_up_at <= now),
            _before(places[-1]),
        )
        .group_by(*(each for each in queue if each is not _NOBODY), UserTask.element_id, *COLUMNS, "place")
    )


def _before(task: Waiting) -> ColumnElement[bool]:
    """`Waiting.place` as a filter on UserTask: what comes before `task`."""
    older = or_(
        UserTask.created_at < task.created_at, and_(UserTask.created_at == task.created_at, UserTask.id < task.id)
    )
    if task.due_at is None:
        return or_(UserTask.due_at.is_not(None), older)
    return or_(UserTask.due_at < task.due_at, and_(UserTask.due_at == task.due_at, older))


def _offers(places: Iterable[Waiting]) -> list[Queue]:
    return sorted({task.offer for task in places if task.assignee_id is None and task.offer is not None})


def _hands(session: Session, site: Site, places: Iterable[Waiting], now: datetime) -> Mapping[Queue | None, int]:
    """Group and unit → how many people who are there today may take what is offered there."""
    offers, today = _offers(places), now.astimezone(clock.zone()).date()
    if not offers:
        return {}
    away = select(Absence.person_id).where(Absence.from_on <= today, Absence.to_on >= today)
    query = (
        select(Membership.group_key, Membership.unit_key, Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.is_active, Membership.group_key.in_({group for group, _ in offers}), Person.id.not_in(away))
    )
    held: defaultdict[Queue, set[int]] = defaultdict(set)
    for group, unit, person_id in session.execute(query):
        held[group, unit].add(person_id)
    tree = site.applications.organisation()
    found: dict[Queue | None, int] = {}
    for group, unit in offers:
        units = ["", *tree.path(unit)] if unit else [each for name, each in held if name == group]
        found[group, unit] = len(set().union(*(held[group, each] for each in units)))
    return found
