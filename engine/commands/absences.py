"""When somebody is not there, and who stands in meanwhile: recorded one by one, or replaced as a whole table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from engine import clock, history, identity
from engine.applications import Application
from engine.errors import InvalidInput, NotAllowed, NotFound, RedressError
from engine.history import Line
from engine.identity import Actor
from engine.models import Absence, Person
from engine.site import Site

#: Longest time for which somebody may stand in.
LONGEST_DELEGATION = timedelta(days=30)

LONGEST_REASON = 200


class BadAbsence(InvalidInput):
    """This absence cannot be recorded: {why}"""


class BadAbsenceRow(InvalidInput):
    """Row {row} ({person}): {why}"""


@dataclass(frozen=True)
class Leave:
    """Days on which a person is not there, both included; `delegate`: user name of who stands in, or empty."""

    username: str
    from_on: date
    to_on: date
    delegate: str = ""
    reason: str = ""

    def meets(self, other: "Leave") -> bool:
        """Whether both have a day in common."""
        return self.from_on <= other.to_on and other.from_on <= self.to_on


def record_absence(site: Site, leave: Leave, *, actor: Actor, now: datetime) -> int:
    """Record that somebody will be away, and who stands in; gives the id. One's own, or as an admin.

    A delegate holds the same groups, or groups above them, on the same units or above, and stands in for 30 days at
    most. Raises NotAllowed, InvalidInput, BadAbsence.
    """
    with site.database.transaction() as session:
        person = identity.find_person(session, leave.username)
        if person.id != actor.id and not actor.is_admin:
            raise NotAllowed
        row = _row(site, session, leave, leaves(session, since=leave.from_on), now)
        session.add(row)
        session.flush()
        _audit(site, session, _line("absence_recorded", leave), actor.username, now)
        return row.id


def end_absence(site: Site, absence_id: int, *, actor: Actor, now: datetime) -> None:
    """Somebody is back: the absence ended yesterday, or never was if it begins later. Raises NotFound, NotAllowed."""
    today = now.astimezone(clock.zone()).date()
    with site.database.transaction() as session:
        row = session.get(Absence, absence_id)
        if row is None:
            raise NotFound
        if row.person_id != actor.id and not actor.is_admin:
            raise NotAllowed
        username = session.get_one(Person, row.person_id).username
        if row.from_on >= today:
            session.delete(row)
        else:
            row.to_on = min(row.to_on, today - timedelta(days=1))
        _audit(site, session, Line("absence_ended", "", {"username": username}), actor.username, now)


def leaves(session: Session, since: date | None = None) -> list[Leave]:
    """All absences, or those that end on `since` or later, by user name and first day."""
    return [leave for _, leave in _standing(session, since)]


def check_leaves(site: Site, session: Session, wanted: Sequence[Leave]) -> None:
    """Raises BadAbsenceRow for the first of `wanted` that is not recorded yet and could not be beside the others."""
    there = set(leaves(session))
    for number, leave in enumerate(wanted, 2):
        if leave not in there:
            try:
                _row(site, session, leave, wanted, clock.now())
            except InvalidInput as error:
                raise BadAbsenceRow(row=number, person=leave.username, why=error) from error


def replace_leaves(site: Site, session: Session, wanted: Sequence[Leave], *, by: str, now: datetime) -> None:
    """Let `wanted` be the absences there are; those that stay keep their ids. `by`: user name. Raises BadAbsenceRow."""
    check_leaves(site, session, wanted)
    there, stay = {leave: row for row, leave in _standing(session)}, set(wanted)
    for leave, row in there.items():
        if leave not in stay:
            session.delete(row)
            _audit(site, session, Line("absence_ended", "", {"username": leave.username}), by, now)
    for leave in wanted:
        if leave not in there:
            session.add(_row(site, session, leave, wanted, now))
            _audit(site, session, _line("absence_recorded", leave), by, now)
    session.flush()


def _standing(session: Session, since: date | None = None) -> Iterator[tuple[Absence, Leave]]:
    delegate = aliased(Person)
    query = (
        select(Absence, Person.username, delegate.username)
        .join(Person, Person.id == Absence.person_id)
        .outerjoin(delegate, delegate.id == Absence.delegate_id)
        .where(*([Absence.to_on >= since] if since else []))
        .order_by(Person.username, Absence.from_on)
    )
    for row, username, other in session.execute(query):
        yield row, Leave(username, row.from_on, row.to_on, other or "", row.reason)


def _row(site: Site, session: Session, leave: Leave, beside: Iterable[Leave], now: datetime) -> Absence:
    """The row of `leave`, if it may stand `beside` the others. Raises InvalidInput, BadAbsence."""
    person = identity.find_person(session, leave.username)
    if leave.from_on > leave.to_on:
        raise BadAbsence(why="it ends before it begins")
    others = [other for other in beside if other is not leave and other.meets(leave)]
    if other := next((other for other in others if other.username == person.username), None):
        days = {"from_on": other.from_on, "to_on": other.to_on}
        raise BadAbsence(
            why=RedressError("another one is recorded from {from_on} to {to_on}; end that one first", **days)
        )
    return Absence(
        person_id=person.id,
        from_on=leave.from_on,
        to_on=leave.to_on,
        delegate_id=_delegate(site, session, person, leave, others) if leave.delegate else None,
        reason=leave.reason.strip()[:LONGEST_REASON],
        created_at=now,
    )


def _delegate(site: Site, session: Session, person: Person, leave: Leave, others: Iterable[Leave]) -> int:
    """The id of the delegate, who may stand in; `others` have a day in common with `leave`. Raises BadAbsence."""
    delegate = identity.find_person(session, leave.delegate)
    if delegate.id == person.id:
        raise BadAbsence(why="nobody stands in for themselves; name somebody else")
    if leave.to_on - leave.from_on >= LONGEST_DELEGATION:
        raise BadAbsence(
            why="somebody may stand in for 30 days at most; record a shorter time, or nobody who stands in"
        )
    if not delegate.is_active:
        raise BadAbsence(why=RedressError("{name} cannot log in any more", name=delegate.name))
    if any(other.username == delegate.username for other in others):
        raise BadAbsence(why=RedressError("{name} is away on some of these days too", name=delegate.name))
    own, theirs = (identity.actor(session, each) for each in (person.id, delegate.id))
    for application in site.applications.values():
        for group, unit in sorted(_grants(own, application)):
            if not _may_stand_in(theirs, group, unit, application):
                where = f"{group}@{unit}" if unit else group
                raise BadAbsence(
                    why=RedressError(
                        "{name} holds neither {group} there nor a group above it", name=delegate.name, group=where
                    )
                )
    return delegate.id


def _grants(actor: Actor, application: Application) -> set[tuple[str, str]]:
    keys = {group.key for group in application.groups}
    held = {*((group, "") for group in actor.everywhere), *actor.held_on}
    return {(group, unit) for group, unit in held if group in keys}


def _may_stand_in(delegate: Actor, group: str, unit: str, application: Application) -> bool:
    ranks = {group, *(other.key for other in application.groups if group in other.above)}
    if not ranks.isdisjoint(delegate.everywhere):
        return True
    return any((rank, above) in delegate.held_on for rank in ranks for above in application.organisation().path(unit))


def _line(kind: str, leave: Leave) -> Line:
    days = {"from_on": leave.from_on.isoformat(), "to_on": leave.to_on.isoformat()}
    return Line(kind, "", {"username": identity.normal_username(leave.username), **days, "delegate": leave.delegate})


def _audit(site: Site, session: Session, line: Line, by: str, now: datetime) -> None:
    history.audit(session, site.vault, site.node, line, actor=by, now=now)
