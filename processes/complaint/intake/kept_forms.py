"""Forms put aside half filled: taken up again with a code, for 14 days.

The code is shown once and stored as a keyed digest; the answers lie under a data key of their own, which is destroyed
when the form is sent or its time is over. A code that never was and one whose time is over look the same.
"""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import identity
from engine.errors import InvalidInput, NotAllowed
from engine.identity import LockedOut
from engine.site import Site
from processes.complaint.access_code import ALPHABET
from processes.complaint.intake.tables import KeptForm

#: How long a form waits for its owner.
LIFE = timedelta(days=14)

#: Signs of a code: longer than an access code, for no number stands beside it.
LENGTH = 12

#: Characters of all answers together.
LONGEST = 60_000

#: Forms whose time is over that one tick erases.
MOST = 200


class NoKeptForm(NotAllowed):
    """No form waits under this code. Please check it; a form waits for 14 days at most, and ends when it is sent."""

    status = 422


@dataclass(frozen=True)
class Kept:
    """A form as it was put aside: field name → texts, the page it was left on, and the key with which it is sent."""

    id: str
    answers: Mapping[str, Sequence[str]]
    step: str
    key: str


def keep(site: Site, form: Kept, *, now: datetime) -> str:
    """Put a form aside and give its code; one with an `id` that waits already gets the new answers and a new code.

    Raises InvalidInput for more text than a form can hold.
    """
    if sum(len(text) for texts in form.answers.values() for text in texts) > LONGEST:
        raise InvalidInput("The form holds too much text to be put aside. Shorten it, or send it now.")
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    with site.database.transaction() as session:
        row = session.get(KeptForm, form.id, with_for_update=True) if form.id else None
        if row is None:
            row = KeptForm(id=form.id or str(uuid.uuid4()), subject_id=site.vault.create_subject(session, now))
            session.add(row)
        held = {"answers": {name: list(texts) for name, texts in form.answers.items()}, "step": form.step}
        held["key"] = form.key
        row.code_hash = _digest(site, code)
        row.sealed_answers = site.vault.seal_json(session, row.subject_id, held, _place(row.id))
        row.saved_at, row.expires_at = now, now + LIFE
    return code


def take_up(site: Site, code: str, address: str, *, now: datetime) -> Kept:
    """The form that waits under `code`, asked for from `address`. Raises NoKeptForm, and LockedOut after many tries."""
    tried = f"kept form from:{address}"
    with site.database.transaction() as session:
        locked = identity.is_locked(session, tried, now)
        if not locked:
            identity.failed(session, tried, now, identity.FAILURES_PER_ADDRESS)
    if locked:
        raise LockedOut(minutes=int(identity.LOCK_OUT.total_seconds() // 60))
    with site.database.transaction() as session:
        row = session.scalar(select(KeptForm).where(KeptForm.code_hash == _digest(site, code)))
        if row is not None and row.expires_at > now:
            identity.take_back(session, tried, identity.FAILURES_PER_ADDRESS)
            held = site.vault.open_json(session, row.subject_id, row.sealed_answers, _place(row.id))
            return Kept(row.id, held["answers"], held["step"], held["key"])
    raise NoKeptForm


def forget(site: Site, kept_id: str, now: datetime) -> None:
    """Erase a form that was sent or given up; nothing where it is gone already."""
    with site.database.transaction() as session:
        row = session.get(KeptForm, kept_id, with_for_update=True)
        if row is not None:
            _erase(site, session, row, now)


def forget_expired(site: Site, now: datetime) -> None:
    """Erase the forms whose time is over: a chore of the tick."""
    late = select(KeptForm).where(KeptForm.expires_at <= now).order_by(KeptForm.expires_at).limit(MOST)
    with site.database.reading() as session:
        if session.scalar(late.with_only_columns(KeptForm.id).limit(1)) is None:
            return
    with site.database.transaction() as session:
        for row in session.scalars(late).all():
            _erase(site, session, row, now)


def _erase(site: Site, session: Session, row: KeptForm, now: datetime) -> None:
    site.vault.erase(session, row.subject_id, now)
    session.delete(row)


def _digest(site: Site, code: str) -> str:
    return site.vault.blind("kept form", "".join(sign for sign in code.upper() if sign.isalnum()))


def _place(kept_id: str) -> str:
    return f"complaint_kept_form.answers:{kept_id}"
