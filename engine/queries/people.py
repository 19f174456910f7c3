"""The people: what they hold where, what they know, when they are away; and the units with who and what is in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import (
    Absence,
    InstanceUnit,
    Membership,
    Person,
    PersonGroup,
    PersonSkill,
    ProcessInstance,
    UnitAncestor,
    UserTask,
)
from engine.organisation import Organisation, Unit
from engine.queries.labels import Labels, names_of
from engine.queries.paging import Paged, cut

#: So many people fit into a list to choose from.
MOST_CHOICES = 100


@dataclass(frozen=True)
class Grant:
    """A group, held on a unit and all below it; the unit is empty where it is held everywhere."""

    group: str
    group_name: str
    unit: str


@dataclass(frozen=True)
class AbsenceRow:
    """Days on which somebody is away, and who stands in."""

    id: int
    from_on: date
    to_on: date
    delegate: str
    reason: str


@dataclass(frozen=True)
class PersonRow:
    """A person in the list; `absences` are those of today and later."""

    id: int
    username: str
    name: str
    is_active: bool
    grants: tuple[Grant, ...]
    skills: tuple[str, ...]
    absences: tuple[AbsenceRow, ...]
    open_tasks: int

    def is_away(self, on: date) -> bool:
        """Whether the person is away `on` that day."""
        return any(one.from_on <= on <= one.to_on for one in self.absences)


@dataclass(frozen=True)
class UnitRow:
    """A unit with its place in the tree, how many people work there, and how many open cases are its own or below."""

    unit: Unit
    depth: int
    people: int
    open_cases: int


def people(session: Session, language: str, now: datetime, *, text: str = "", page: int = 1) -> Paged[PersonRow]:
    """Everybody, by name; `text` is part of a name or user name."""
    query = select(Person).order_by(Person.name, Person.username)
    if text.strip():
        wanted = text.strip()
        query = query.where(
            or_(Person.name.icontains(wanted, autoescape=True), Person.username.icontains(wanted, autoescape=True))
        )
    limited, paged = cut(session, query, page)
    return replace(paged, rows=_rows(session, list(session.scalars(limited)), language, now))


def led_people(session: Session, actor: Actor) -> tuple[tuple[str, str], ...]:
    """(user name, name) of active people in the groups that `actor` leads, there or below; for admins of all people.

    Of more than MOST_CHOICES people only one more: too many to choose from in a list.
    """
    query = select(Person.username, Person.name).where(Person.is_active).order_by(Person.name, Person.username)
    query = query.limit(MOST_CHOICES + 1)
    if not actor.is_admin:
        query = query.where(exists().where(Membership.person_id == Person.id, led_by(actor)))
    return tuple((username, name) for username, name in session.execute(query))


def led_by(actor: Actor) -> ColumnElement[bool]:
    """The groups that `actor` leads, there or below, as a filter on Membership; for admins all."""
    if actor.is_admin:
        return true()
    led = [
        and_(Membership.group_key == group, or_(Membership.unit_key == "", _at_or_below(unit)) if unit else true())
        for group, unit in sorted(actor.leads_on)
    ]
    return or_(false(), *led)


def _at_or_below(unit: str) -> ColumnElement[bool]:
    below = select(UnitAncestor.unit_key).where(UnitAncestor.ancestor_key == unit)
    return Membership.unit_key.in_(below)


def person_row(session: Session, person_id: int, language: str, now: datetime) -> PersonRow:
    """One person. Raises NotFound."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return _rows(session, [person], language, now)[0]


def group_names(session: Session, language: str) -> tuple[tuple[str, str], ...]:
    """(key, name) of every group."""
    name = PersonGroup.name_zh if language == "zh" else PersonGroup.name_en
    return tuple((key, text) for key, text in session.execute(select(PersonGroup.key, name).order_by(PersonGroup.key)))


def unit_rows(session: Session, organisation: Organisation) -> tuple[UnitRow, ...]:
    """Every unit below the one it stands under."""
    working = dict(
        session.execute(
            select(Membership.unit_key, func.count(Membership.person_id.distinct()))
            .join(Person, Person.id == Membership.person_id)
            .where(Person.is_active)
            .group_by(Membership.unit_key)
        ).all()
    )
    held = (
        select(UnitAncestor.ancestor_key, func.count(InstanceUnit.instance_id.distinct()))
        .join(InstanceUnit, InstanceUnit.unit_key == UnitAncestor.unit_key)
        .join(ProcessInstance, ProcessInstance.id == InstanceUnit.instance_id)
        .where(ProcessInstance.status == "active")
        .group_by(UnitAncestor.ancestor_key)
    )
    cases = dict(session.execute(held).all())
    return tuple(
        UnitRow(unit, depth, working.get(unit.key, 0), cases.get(unit.key, 0))
        for unit, depth in _in_order(organisation, organisation.roots(), 0)
    )


def _in_order(organisation: Organisation, keys: Sequence[str], depth: int) -> list[tuple[Unit, int]]:
    found = []
    for key in keys:
        found.append((organisation[key], depth))
        found += _in_order(organisation, [unit.key for unit in organisation.below(key)], depth + 1)
    return found


def _rows(session: Session, found: Sequence[Person], language: str, now: datetime) -> tuple[PersonRow, ...]:
    ids = [person.id for person in found]
    grants, skills, absences = _grants(session, ids, language), _skills(session, ids), _absences(session, ids, now)
    counted = select(UserTask.assignee_id, func.count()).where(UserTask.assignee_id.in_(ids), UserTask.status == "open")
    tasks = dict(session.execute(counted.group_by(UserTask.assignee_id)).all())
    return tuple(
        PersonRow(
            person.id,
            person.username,
            person.name,
            person.is_active,
            tuple(grants[person.id]),
            tuple(skills[person.id]),
            tuple(absences[person.id]),
            tasks.get(person.id, 0),
        )
        for person in found
    )


def _grants(session: Session, ids: Sequence[int], language: str) -> dict[int, list[Grant]]:
    labels, found = Labels(session, language), defaultdict(list)
    query = select(Membership).where(Membership.person_id.in_(ids))
    for row in session.scalars(query.order_by(Membership.group_key, Membership.unit_key)):
        found[row.person_id].append(Grant(row.group_key, labels.groups([row.group_key])[0], row.unit_key))
    return found


def _skills(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for row in session.scalars(select(PersonSkill).where(PersonSkill.person_id.in_(ids)).order_by(PersonSkill.skill)):
        found[row.person_id].append(row.skill)
    return found


def _absences(session: Session, ids: Sequence[int], now: datetime) -> dict[int, list[AbsenceRow]]:
    today = now.astimezone(clock.zone()).date()
    query = select(Absence).where(Absence.person_id.in_(ids), Absence.to_on >= today).order_by(Absence.from_on)
    rows, found = list(session.scalars(query)), defaultdict(list)
    names = names_of(session, [row.delegate_id for row in rows])
    for row in rows:
        delegate = names.get(row.delegate_id, "")
        found[row.person_id].append(AbsenceRow(row.id, row.from_on, row.to_on, delegate, row.reason))
    return found
