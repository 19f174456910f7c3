"""Logging in and out; each attempt that is looked at leaves a line in the audit stream.

Attempts of those who are locked out leave none, so that a flood of guesses does not fill the history: a name brings at
most `identity.FAILURES` lines in the time of a lock-out, an address at most `identity.FAILURES_PER_ADDRESS`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import history, identity
from engine.errors import NotFound
from engine.history import Line
from engine.identity import FAILURES_PER_ADDRESS, LOCK_OUT, Actor, LockedOut, LogInRefused
from engine.models import Person
from engine.site import Site

#: Hex digits of a digest that tell names or addresses apart in the audit stream.
DIGITS = 16


def log_in(site: Site, username: str, password: str, address: str, now: datetime) -> Actor:
    """The person with this user name and password; `address` is where the request comes from.

    Raises LogInRefused, the same for an unknown name and a wrong password, and LockedOut after too many failures.
    """
    name = identity.normal_username(username)
    by_name, by_address = f"log-in:{name}", f"log-in from:{address}"
    with site.database.transaction() as session:
        # Counted before the password is looked at: many guesses at once must not all be let through.
        allowed = identity.failed(session, by_address, now, FAILURES_PER_ADDRESS)
        allowed = allowed and identity.failed(session, by_name, now)
        subjects = {"name": by_name, "address": by_address}
        locked = [what for what, each in subjects.items() if identity.is_locked(session, each, now)]
        found = session.execute(select(Person.id, Person.password_hash).where(Person.username == name)).one_or_none()
    if not allowed:
        raise LockedOut(minutes=LOCK_OUT // timedelta(minutes=1))
    password_hash = found.password_hash if found else ""
    # Verified first: a person without a password takes as long as anybody, and is not let in with nobody's.
    right = identity.verify(password_hash, password) and password_hash != ""
    with site.database.transaction() as session:
        who = _active(session, found.id) if found and right else None
        if who is not None:
            identity.take_back(session, by_address, FAILURES_PER_ADDRESS)
            identity.succeeded(session, by_name)
        known = {"from": _digest(site, "log-in address", address)}
        if found is None:
            # People type passwords into the field for the name: only a name that is known is told.
            known["name_digest"] = _digest(site, "log-in name", name)
        for line in _lines(who, known, locked):
            history.audit(session, site.vault, site.node, line, actor=name if found else "", now=now)
    if who is None:
        raise LogInRefused
    return who


def log_out(site: Site, *, actor: Actor, now: datetime) -> None:
    """Note that somebody ended the session of a browser."""
    with site.database.transaction() as session:
        history.audit(session, site.vault, site.node, Line("logged_out"), actor=actor.username, now=now)


def _lines(who: Actor | None, known: Mapping[str, str], locked: Iterable[str]) -> list[Line]:
    """What to tell of an attempt: that it succeeded, or that it failed and what it locked."""
    if who is not None:
        return [Line("logged_in", "", known)]
    return [Line("log_in_failed", "", known), *(Line("locked_out", "", {**known, "what": what}) for what in locked)]


def _active(session: Session, person_id: int) -> Actor | None:
    try:
        return identity.actor(session, person_id)
    except NotFound:
        return None


def _digest(site: Site, kind: str, text: str) -> str:
    """The same text gives the same digest, which nobody without the site's key can try texts against."""
    return site.vault.blind(kind, text.encode("utf-8", "replace").decode())[:DIGITS]
