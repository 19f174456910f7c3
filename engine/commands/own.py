"""What people do with their own account: change the password, and let a calendar read their due dates."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from engine import history, identity
from engine.errors import InvalidInput, NotAllowed
from engine.history import Line
from engine.identity import LOCK_OUT, Actor, LockedOut
from engine.models import CalendarFeed, Person
from engine.site import Site

#: Random bytes in the secret address of a calendar.
TOKEN_BYTES = 32


class WrongPassword(InvalidInput):
    """The old password is not right; your password stays as it is."""


def change_password(site: Site, old: str, new: str, *, actor: Actor, now: datetime) -> Actor:
    """Change one's own password, which ends all sessions; gives the actor of the session that may go on.

    Raises WrongPassword, WeakPassword, InvalidInput, and LockedOut after too many wrong ones.
    """
    if actor.id is None:
        raise NotAllowed
    subject = f"password:{actor.id}"
    with site.database.transaction() as session:
        # Counted before it is looked at, as at log-in.
        allowed = identity.failed(session, subject, now)
        known = session.scalar(select(Person.password_hash).where(Person.id == actor.id)) or ""
    if not allowed:
        raise LockedOut(minutes=LOCK_OUT // timedelta(minutes=1))
    if not identity.verify(known, old) or not known:
        with site.database.transaction() as session:
            history.audit(session, site.vault, site.node, Line("password_change_failed"), actor=actor.username, now=now)
        raise WrongPassword
    with site.database.transaction() as session:
        identity.succeeded(session, subject)
    if new == old:
        raise InvalidInput("The new password is the old one; choose another.")
    password_hash = identity.hash_password(new)
    with site.database.transaction() as session:
        identity.set_password_hash(session, actor.id, password_hash)
        history.audit(session, site.vault, site.node, Line("password_changed"), actor=actor.username, now=now)
        return identity.actor(session, actor.id)


def renew_feed(site: Site, *, actor: Actor, now: datetime) -> str:
    """Make the secret of a new calendar address; one that was there before ends. It is given here and never again."""
    if actor.id is None:
        raise NotAllowed
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with site.database.transaction() as session:
        session.merge(CalendarFeed(person_id=actor.id, token_hash=token_hash(token), created_at=now))
    return token


def end_feed(site: Site, *, actor: Actor) -> None:
    """Let one's calendar address lead nowhere."""
    with site.database.transaction() as session:
        session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == actor.id))


def token_hash(token: str) -> str:
    """What is kept of a secret address: nobody finds the way back from it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
