"""What people may do where, and what they know. Each is one transaction, on record."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from engine import history, identity
from engine.errors import InvalidInput, NotAllowed
from engine.history import Line
from engine.identity import Actor
from engine.models import Person
from engine.site import Site


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


def _changed(session: Session, username: str, actor: Actor) -> Person:
    """The person whose rights an admin changes. Raises NotAllowed, InvalidInput."""
    if not actor.is_admin:
        raise NotAllowed
    return identity.find_person(session, username)


def _audit(site: Site, session: Session, line: Line, actor: Actor, now: datetime) -> None:
    history.audit(session, site.vault, site.node, line, actor=actor.username, now=now)
