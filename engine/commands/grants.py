"""What people may do where, what they know, and when somebody else stands in. Each is one transaction, on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock, history, identity
from engine.applications import Application
from engine.errors import InvalidInput, NotAllowed, NotFound, RedressError
from engine.history import Line
from engine.identity import Actor
from engine.models import Absence, Person
from engine.site import Site

#: Longest time for which somebody may stand in.
LONGEST_DELEGATION = timedelta(days=30)


class BadAbsence(InvalidInput):
    """This absence cannot be recorded: {why}"""


@dataclass(frozen=True)
class Leave:
    """Days on which a person is not there, both included; `delegate`: user name of who stands in, or empty."""

    username: str
    from_on: date
    to_on: date
    delegate: str = ""
    reason: str = ""


def grant_group(site: Site, username: str, group: str, unit: str = "", *, actor: Actor, now: datetime) -> None:
    """Let somebody be in a group, on a unit and all below it or everywhere. Raises NotAllowed, NotFound."""
    with site.database.transaction() as session:
        person = _changed(session, username, actor)
        identity.add_to_group(session, person.id, group, unit)
        detail = {"username": person.username, "group": group, "unit": unit}
        _audit(site, session, Line("group_granted", "", detail), actor, now)


def revoke_group(site: Site, username: str, group: str, unit: str = "", *, actor: Actor, now: datetime) -> None:
    """End what `grant_group` began. Raises NotAllowed, InvalidInput."""
    with site.database.transaction() as session:
        person = _changed(session, username, actor)
        if person.id == actor.id and group == identity.ADMIN:
            raise InvalidInput(why="you cannot take the administrators' group from yourself; another admin can")
        identity.remove_from_group(session, person.id, group, unit)
        detail = {"username": person.username, "group": group, "unit": unit}
        _audit(site, session, Line("group_revoked", "", detail), actor, now)


def set_skills(site: Site, username: str, skills: Iterable[str], *, actor: Actor, now: datetime) -> None:
    """What somebody knows, as codes, in place of what was recorded before. Raises NotAllowed, InvalidInput."""
    codes = sorted(set(skills))
    with site.database.transaction() as session:
        person = _changed(session, username, actor)
        identity.set_skills(session, person.id, codes)
        _audit(site, session, Line("skills_set", "", {"username": person.username, "skills": codes}), actor, now)


def record_absence(site: Site, leave: Leave, *, actor: Actor, now: datetime) -> int:
    """Record that somebody will be away, and who stands in; gives the id. One's own, or as an admin.

    A delegate holds the same groups, or groups above them, on the same units or above, and stands in for 30 days at
    most. Raises NotAllowed, InvalidInput, BadAbsence.
    """
    with site.database.transaction() as session:
        person = identity.find_person(session, leave.username)
        if person.id != actor.id and not actor.is_admin:
            raise NotAllowed
        _check_days(session, person, leave)
        delegate = _delegate(site, session, person, leave) if leave.delegate else None
        row = Absence(
            person_id=person.id,
            from_on=leave.from_on,
            to_on=leave.to_on,
            delegate_id=delegate,
            reason=leave.reason.strip()[:200],
            created_at=now,
        )
        session.add(row)
        session.flush()
        detail = {
            "username": person.username,
            "from_on": leave.from_on.isoformat(),
            "to_on": leave.to_on.isoformat(),
            "delegate": leave.delegate,
        }
        _audit(site, session, Line("absence_recorded", "", detail), actor, now)
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
        _audit(site, session, Line("absence_ended", "", {"username": username}), actor, now)


def _check_days(session: Session, person: Person, leave: Leave) -> None:
    if leave.from_on > leave.to_on:
        raise BadAbsence(why="it ends before it begins")
    others = select(Absence).where(
        Absence.person_id == person.id, Absence.from_on <= leave.to_on, Absence.to_on >= leave.from_on
    )
    if (other := session.scalars(others).first()) is not None:
        days = {"from_on": other.from_on, "to_on": other.to_on}
        raise BadAbsence(
            why=RedressError("another one is recorded from {from_on} to {to_on}; end that one first", **days)
        )


def _delegate(site: Site, session: Session, person: Person, leave: Leave) -> int:
    """The id of the delegate, who may stand in. Raises BadAbsence."""
    delegate = identity.find_person(session, leave.delegate)
    if delegate.id == person.id:
        raise BadAbsence(why="nobody stands in for themselves; name somebody else")
    if leave.to_on - leave.from_on >= LONGEST_DELEGATION:
        raise BadAbsence(
            why="somebody may stand in for 30 days at most; record a shorter time, or nobody who stands in"
        )
    if not delegate.is_active:
        raise BadAbsence(why=RedressError("{name} cannot log in any more", name=delegate.name))
    away = select(Absence.id).where(
        Absence.person_id == delegate.id, Absence.from_on <= leave.to_on, Absence.to_on >= leave.from_on
    )
    if session.scalar(away.limit(1)) is not None:
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


def _changed(session: Session, username: str, actor: Actor) -> Person:
    """The person whose rights an admin changes. Raises NotAllowed, InvalidInput."""
    if not actor.is_admin:
        raise NotAllowed
    return identity.find_person(session, username)


def _audit(site: Site, session: Session, line: Line, actor: Actor, now: datetime) -> None:
    history.audit(session, site.vault, site.node, line, actor=actor.username, now=now)
