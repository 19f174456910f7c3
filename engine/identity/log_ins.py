"""Passwords and lock-out. Functions on a session; the commands add the history line."""

import functools
import hashlib
import threading
from datetime import datetime, timedelta

import argon2
from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.errors import InvalidInput, NotAllowed
from engine.models import Attempts

#: Failures until a subject is locked, and for how long; older failures do not count. A whole branch may share one
#: address, so an address gets more of them.
FAILURES = 5
FAILURES_PER_ADDRESS = 50
LOCK_OUT = timedelta(minutes=15)

PASSWORD_LENGTH = range(12, 201)

_hasher = argon2.PasswordHasher()
#: One hash takes 64 MB and both cores: a flood of log-ins must wait here, not starve the others.
_verifying = threading.BoundedSemaphore(2)


class LogInRefused(NotAllowed):
    """The user name or the password is wrong."""


class LockedOut(NotAllowed):
    """Too many attempts failed. Please try again after {minutes} minutes."""

    status = 429


class WeakPassword(InvalidInput):
    """A password needs {least} to {most} characters."""


# --- passwords and log-in -------------------------------------------------------------------------------------------


def hash_password(text: str) -> str:
    """The argon2id hash of a password; takes a while, so call it outside transactions. Raises WeakPassword."""
    if len(text) not in PASSWORD_LENGTH:
        raise WeakPassword(least=PASSWORD_LENGTH.start, most=PASSWORD_LENGTH.stop - 1)
    with _verifying:
        return _hasher.hash(text)


def verify(password_hash: str, text: str) -> bool:
    """Whether `text` is the password; takes as long for an empty or unreadable hash as for a real one."""
    with _verifying:
        try:
            return _hasher.verify(password_hash or _nobodys_hash(), text[: PASSWORD_LENGTH.stop])
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False


@functools.cache
def _nobodys_hash() -> str:
    """A hash that no known password opens: verifying against it takes as long as against a person's."""
    return _hasher.hash("nobody’s password")


# --- lock-out -------------------------------------------------------------------------------------------------------


def is_locked(session: Session, subject: str, now: datetime) -> bool:
    """Whether `subject`, any text as `log-in:<username>` or `code:<business key>`, is locked out."""
    locked_until = session.scalar(select(Attempts.locked_until).where(Attempts.subject == _row_key(subject)))
    return locked_until is not None and locked_until > now


def failed(session: Session, subject: str, now: datetime, limit: int = FAILURES) -> bool:
    """Count a failed attempt; the one that reaches `limit` within the time of a lock-out locks the subject.

    False when the subject is locked already: then nothing is counted, and the attempt must be refused unseen.
    """
    row = _row_held(session, subject, now)
    if row.locked_until is not None and row.locked_until > now:
        return False
    if row.first_at + LOCK_OUT <= now:
        row.count, row.first_at, row.locked_until = 0, now, None
    row.count += 1
    if row.count >= limit:
        row.locked_until = now + LOCK_OUT
    session.flush()
    return True


def succeeded(session: Session, subject: str) -> None:
    """Forget the failed attempts of `subject`."""
    session.execute(delete(Attempts).where(Attempts.subject == _row_key(subject)))


def take_back(session: Session, subject: str, limit: int = FAILURES) -> None:
    """Take one counted attempt back, and the lock it brought: one success does not clear what others share."""
    row = session.get(Attempts, _row_key(subject), with_for_update=True)
    if row is not None and row.count:
        row.count -= 1
        row.locked_until = row.locked_until if row.count >= limit else None
        session.flush()


def forget_attempts(session: Session, now: datetime) -> None:
    """Delete counts that no longer matter."""
    over = or_(Attempts.locked_until.is_(None), Attempts.locked_until <= now)
    session.execute(delete(Attempts).where(Attempts.first_at <= now - LOCK_OUT, over))


def _row_held(session: Session, subject: str, now: datetime) -> Attempts:
    key = _row_key(subject)
    row = session.get(Attempts, key, with_for_update=True)
    if row is None:
        try:
            with session.begin_nested():
                session.add(Attempts(subject=key, count=0, first_at=now))
        except IntegrityError:  # another transaction was first
            pass
        row = session.get_one(Attempts, key, with_for_update=True)
    return row


def _row_key(subject: str) -> str:
    """A digest: people type passwords into the field for the name, and addresses are personal data."""
    return hashlib.sha256(subject.encode("utf-8", "replace")).hexdigest()
