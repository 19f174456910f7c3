"""What the board of a lead is made of, in three questions however much there is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from engine import clock
from engine.assignment import load_of
from engine.identity import Actor
from engine.models import Absence, Membership, Person, UserTask, Wish, WishLead
from engine.queries.board.placing import placed_tasks
from engine.queries.board.shown import NOBODY, Asked, Away, Board, BoardTask, Day, Load, Member
from engine.queries.people import led_by
from engine.site import Site

#: Days that the forecast of the week shows, today among them.
WEEK = 7
#: Absences that begin within so many days are shown before they begin.
SOON = timedelta(days=7)
#: People that a board shows.
MOST_PEOPLE = 200


def board(session: Session, site: Site, actor: Actor, now: datetime) -> Board:
    """The board of those whom `actor` leads; for admins of everybody who holds a group of an application."""
    today = now.astimezone(clock.zone()).date()
    members = _members(session, site, actor, today)
    tasks = placed_tasks(session, site, actor, members, now)
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
