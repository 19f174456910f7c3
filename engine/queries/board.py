"""The board of a team: who has how much, until when, who is away, what nobody has; and who is best placed for more."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from engine import access, clock
from engine.assignment import load_of
from engine.forecast import Ahead, Forecast, Timetable, forecast
from engine.identity import Actor
from engine.models import (
    Absence,
    Membership,
    Person,
    ProcessDefinition,
    ProcessInstance,
    StepPace,
    UserTask,
    UserTaskGroup,
    Wish,
    WishLead,
)
from engine.organisation import Organisation
from engine.paces import COLUMNS, Paces, forecasting_of
from engine.queries.forecasts import OF_STEP, case_due, next_morning
from engine.queries.people import led_by
from engine.site import Site

#: Days that the forecast of the week shows, today among them.
WEEK = 7
#: Absences that begin within so many days are shown before they begin.
SOON = timedelta(days=7)
#: People that a board shows.
MOST_PEOPLE = 200

#: Pairs of group and unit.
Offers = tuple[tuple[str, str], ...]

#: What is shown where nobody has the task.
NOBODY = ""


@dataclass(frozen=True)
class Day:
    """One day of the week: tasks due then, and how many of those will be late."""

    on: date
    tasks: int
    late: int


@dataclass(frozen=True)
class Away:
    """When somebody is away, and who stands in."""

    from_on: date
    to_on: date
    delegate: str


@dataclass(frozen=True)
class BoardTask:
    """An open task with its place in the work of the team. `offers`: groups and units, where nobody has it."""

    id: str
    holder: str
    priority: int
    due_at: datetime | None
    is_overdue: bool
    is_visible: bool
    offers: Offers
    forecast: Forecast

    @property
    def will_be_late(self) -> bool:
        """Whether it is in time still and will not be."""
        return not self.is_overdue and self.forecast.is_late

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should do something about it."""
        return self.is_overdue or self.will_be_late or not self.holder


@dataclass(frozen=True)
class Asked:
    """What somebody asks the reader for, who has not seen it: to take a task away, or a break."""

    kind: str
    task_id: str | None


@dataclass(frozen=True)
class Load:
    """What one person has, or nobody (`username` empty). `weight` counts urgent tasks more (`engine.assignment`)."""

    username: str = NOBODY
    name: str = ""
    unit: str = ""
    tasks: int = 0
    weight: int = 0
    overdue: int = 0
    late: int = 0
    days: tuple[Day, ...] = ()
    #: due after the week, or never
    later: int = 0
    away: Away | None = None
    is_away: bool = False
    resting_until: datetime | None = None


@dataclass(frozen=True)
class Board:
    """The loads by unit, nobody's first of all, and all open tasks in the order in which they are due."""

    nobody: Load
    units: tuple[tuple[str, tuple[Load, ...]], ...]
    tasks: tuple[BoardTask, ...]
    members: Mapping[str, "Member"] = field(default_factory=dict)
    wishes: Mapping[str, tuple["Asked", ...]] = field(default_factory=dict)

    @property
    def loads(self) -> tuple[Load, ...]:
        """Everybody's."""
        return tuple(load for _, loads in self.units for load in loads)

    def of(self, who: str) -> tuple[BoardTask, ...]:
        """The visible tasks of a person; of `nobody`; or, for no name, those that need attention."""
        chosen: Callable[[BoardTask], bool] = {
            "": lambda task: task.needs_attention,
            "nobody": lambda task: not task.holder,
        }.get(who, lambda task: task.holder == who)
        return tuple(task for task in self.tasks if task.is_visible and chosen(task))

    def best_placed(self, offers: Iterable[tuple[str, str]], but: str = "") -> Load | None:
        """Who has least to do of those who are there and hold one of `offers`, pairs of group and unit.

        The rules on who may not act in a case are asked when the task is given.
        """
        keys = [access.offer_key(group, unit) for group, unit in offers]
        there = (
            load for load in self.loads if not load.is_away and load.resting_until is None and load.username != but
        )
        fit = [load for load in there if any(self.members[load.username].holds(key) for key in keys)]
        return min(fit, key=lambda load: (load.weight, load.tasks, load.name), default=None)


@dataclass
class Member:
    """Somebody of the team, as read from the database."""

    person: Person
    organisation: Organisation
    grants: set[tuple[str, str]] = field(default_factory=set)
    absences: dict[int, Away] = field(default_factory=dict)

    def holds(self, key: str) -> bool:
        """Whether a task under this key is offered to the person."""
        group, unit = access.parts(key)
        above = {"", *self.organisation.path(unit)}
        return any(name == group and (not unit or on in above) for name, on in self.grants)

    def is_away(self, on: date) -> bool:
        """Whether the person is away that day."""
        return any(each.from_on <= on <= each.to_on for each in self.absences.values())

    @property
    def unit(self) -> str:
        """Where the person works; empty for everywhere."""
        return min((unit for _, unit in self.grants), default="")


def board(session: Session, site: Site, actor: Actor, now: datetime) -> Board:
    """The board of those whom `actor` leads; for admins of everybody who holds a group of an application."""
    today = now.astimezone(clock.zone()).date()
    members = _members(session, site, actor, today)
    tasks = _tasks(session, site, actor, members, now)
    held: defaultdict[str, list[BoardTask]] = defaultdict(list)
    for task in tasks:
        held[task.holder].append(task)
    loads = defaultdict(list)
    for username, member in members.items():
        loads[member.unit].append(_load(member, held[username], now))
    units = sorted(loads.items(), key=lambda each: (not each[0], each[0]))
    nobody = _counted(Load(), held[NOBODY], today)
    grouped = tuple((unit, tuple(each)) for unit, each in units)
    return Board(nobody, grouped, tasks, members, _wishes(session, actor))


# --- people ---------------------------------------------------------------------------------------------------------


def _members(session: Session, site: Site, actor: Actor, today: date) -> dict[str, Member]:
    """User name → person, by name, with grants and the absences of today and the next days, in one question."""
    delegate, tree = aliased(Person), site.applications.organisation()
    soon = and_(Absence.person_id == Person.id, Absence.to_on >= today, Absence.from_on <= today + SOON)
    groups = [group.key for application in site.applications.values() for group in application.groups]
    shown = Person.id.in_(select(Membership.person_id).where(Membership.group_key.in_(groups), led_by(actor)))
    query = (
        select(Person, Membership.group_key, Membership.unit_key, Absence, delegate.name)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(Absence, soon)
        .outerjoin(delegate, delegate.id == Absence.delegate_id)
        .where(Person.is_active, shown)
        .order_by(Person.name, Person.username, Absence.from_on)
    )
    found: dict[str, Member] = {}
    for person, group, unit, absence, stands_in in session.execute(query):
        if person.username not in found and len(found) == MOST_PEOPLE:
            break
        member = found.setdefault(person.username, Member(person, tree))
        member.grants.add((group, unit))
        if absence is not None:
            member.absences[absence.id] = Away(absence.from_on, absence.to_on, stands_in or "")
    return found


def _load(member: Member, tasks: Sequence[BoardTask], now: datetime) -> Load:
    today, person = now.astimezone(clock.zone()).date(), member.person
    away = next(iter(member.absences.values()), None)
    resting = person.resting_until if person.resting_until is not None and person.resting_until > now else None
    load = Load(
        username=person.username,
        name=person.name,
        unit=member.unit,
        away=away,
        is_away=away is not None and away.from_on <= today,
        resting_until=resting,
    )
    return _counted(load, tasks, today)


def _counted(load: Load, tasks: Sequence[BoardTask], today: date) -> Load:
    due: dict[date, list[BoardTask]] = {today + timedelta(days=number): [] for number in range(WEEK)}
    later = 0
    for task in tasks:
        day = task.due_at.astimezone(clock.zone()).date() if task.due_at and not task.is_overdue else None
        if day in due:
            due[day].append(task)
        elif not task.is_overdue:
            later += 1
    return replace(
        load,
        tasks=len(tasks),
        weight=sum(load_of(task.priority) for task in tasks),
        overdue=sum(task.is_overdue for task in tasks),
        late=sum(task.will_be_late for task in tasks),
        days=tuple(Day(day, len(each), sum(task.will_be_late for task in each)) for day, each in due.items()),
        later=later,
    )


def _wishes(session: Session, actor: Actor) -> Mapping[str, tuple[Asked, ...]]:
    """User name → what the person asks `actor` for; tasks that are over are left out."""
    query = (
        select(Person.username, Wish.kind, Wish.task_id)
        .join(Person, Person.id == Wish.person_id)
        .join(WishLead, WishLead.wish_id == Wish.id)
        .outerjoin(UserTask, UserTask.id == Wish.task_id)
        .where(WishLead.person_id == actor.id, Wish.seen_at.is_(None))
        .where(or_(Wish.task_id.is_(None), UserTask.status == "open"))
        .order_by(Wish.created_at)
    )
    found: defaultdict[str, tuple[Asked, ...]] = defaultdict(tuple)
    for username, kind, task_id in session.execute(query):
        found[username] += (Asked(kind, task_id),)
    return found


# --- tasks ----------------------------------------------------------------------------------------------------------


def _tasks(
    session: Session, site: Site, actor: Actor, members: Mapping[str, Member], now: datetime
) -> tuple[BoardTask, ...]:
    """The open tasks of the team, and those that nobody has and `actor` may give out, by deadline."""
    names = {member.person.id: username for username, member in members.items()}
    visible, offered = access.visible_tasks(actor), aliased(UserTaskGroup)
    query = (
        select(UserTask, ProcessInstance.application, visible, offered, *COLUMNS)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == UserTask.definition_id)
        .outerjoin(StepPace, OF_STEP)
        .outerjoin(offered, offered.task_id == UserTask.id)
        .where(
            UserTask.status == "open",
            or_(UserTask.assignee_id.in_(sorted(names)), and_(UserTask.assignee_id.is_(None), visible)),
        )
        .order_by(UserTask.due_at.asc().nulls_last(), UserTask.created_at, UserTask.id)
    )
    query = case_due(query, site)
    rows: dict[str, list[Any]] = {}
    for row in session.execute(query):
        rows.setdefault(row[0].id, []).append(row)
    queue = _Queue(site, members, now)
    return tuple(queue.placed(each, names) for each in rows.values())


class _Queue:
    """Puts the tasks of a team one behind the other, each behind those that its holder or its group has to do first."""

    def __init__(self, site: Site, members: Mapping[str, Member], now: datetime) -> None:
        self._site, self._members, self._now = site, members, now
        self._paces = Paces(site, now)
        self._tables: dict[str, Timetable] = {}
        #: user name, or group and unit → what was placed there so far
        self._before: defaultdict[str | tuple[str, str], Ahead] = defaultdict(Ahead)

    def placed(self, rows: Sequence[Any], names: Mapping[int, str]) -> BoardTask:
        """The task of these rows, one for each offer; called in the order of deadlines."""
        task, application, is_visible, _, *step, due_at = rows[0]
        holder = names.get(task.assignee_id, NOBODY)
        offers: Offers = tuple(sorted((row[3].group_key, row[3].unit_key) for row in rows if row[3] is not None))
        pace = self._paces.of(task.element_id, *step)
        ahead = replace(self._held(holder) if holder else self._offered(offers), put_off_until=task.follow_up_at)
        if task.follow_up_at is None or task.follow_up_at <= self._now:
            queues: tuple[str | tuple[str, str], ...] = (holder, *offers)
            for queue in queues:
                before = self._before[queue]
                self._before[queue] = Ahead(before.tasks + 1, before.work + pace.work)
        return BoardTask(
            id=task.id,
            holder=holder,
            priority=task.priority,
            due_at=task.due_at,
            is_overdue=task.due_at is not None and task.due_at <= self._now,
            is_visible=bool(is_visible),
            offers=offers,
            forecast=forecast(self._table(application), pace, ahead, task.due_at, due_at),
        )

    def _held(self, holder: str) -> Ahead:
        """What the person has to do first."""
        today = self._now.astimezone(clock.zone()).date()
        away = next((each for each in self._members[holder].absences.values() if each.from_on <= today), None)
        return replace(self._before[holder], away_until=next_morning(away.to_on) if away else None)

    def _offered(self, offers: Offers) -> Ahead:
        """What the people of the group who are there have to do first, together."""
        if not offers:
            return Ahead()
        key, today = access.offer_key(*offers[0]), self._now.astimezone(clock.zone()).date()
        there = [each for each in self._members.values() if each.holds(key) and not each.is_away(today)]
        return replace(self._before[offers[0]], hands=max(len(there), 1))

    def _table(self, application: str) -> Timetable:
        if application not in self._tables:
            calendar = forecasting_of(self._site.applications[application]).calendar()
            self._tables[application] = Timetable(calendar, self._now)
        return self._tables[application]
