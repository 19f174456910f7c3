"""Accounts, groups, passwords, and the erasure of a person's data."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from engine import access, history, identity
from engine.errors import Conflict, NotAllowed
from engine.history import Line
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.site import Site
from engine.transition import lock


def add_person(
    site: Site,
    username: str,
    name: str,
    password: str,
    groups: Iterable[str],
    *,
    email: str = "",
    by: str,
    now: datetime,
) -> int:
    """Create an account in `groups`, each as `group` or `group@unit`; returns its id.

    Raises InvalidInput, WeakPassword, NotFound.
    """
    password_hash = identity.hash_password(password)
    with site.database.transaction() as session:
        person_id = identity.add_person(session, username, name, now, password_hash=password_hash, email=email)
        for group in groups:
            identity.add_to_group(session, person_id, *access.parts(group))
        detail = {"username": username, "groups": sorted(groups)}
        history.audit(session, site.vault, site.node, Line("person_added", "", detail), actor=by, now=now)
        return person_id


def set_language(site: Site, language: str, *, actor: Actor) -> None:
    """Remember the language a person reads."""
    if actor.id is None:
        raise NotAllowed
    with site.database.transaction() as session:
        identity.set_language(session, actor.id, language)


def erase_person(site: Site, instance_id: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """Destroy the data key of the person an ended case is about.

    Raises NotFound, NotAllowed, and Conflict while a case of this person runs.
    """
    if not actor.is_admin:
        raise NotAllowed
    with site.database.transaction() as session:
        instance = lock(session, instance_id)
        running = select(ProcessInstance.id).where(
            ProcessInstance.subject_id == instance.subject_id, ProcessInstance.status == "active"
        )
        if session.scalar(running.limit(1)) is not None:
            raise Conflict("A case of this person is still open; end it first, then erase.")
        history.record(
            session,
            site.vault,
            instance,
            [Line("person_erased", "", {"reason": reason[:200]})],
            actor=actor.username,
            now=now,
        )
        site.vault.erase(session, instance.subject_id, now)
