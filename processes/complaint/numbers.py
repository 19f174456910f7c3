"""The number of a complaint, `TS-20260310-HQ-00001`: day of registration, receiving unit, running number of both.

A number is never used twice; a start that is rolled back takes its number back, one that is voided keeps it.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock
from engine.models import Sequence
from processes.complaint.links import reopening

#: Unit of a complaint on which the start says nothing, as of one that came through the portal.
HOME_UNIT = "HQ"


def next_number(session: Session, values: Mapping[str, Any], at: datetime) -> str:
    """The number of a complaint that starts with `values` at `at`; of one opened again, the next of its old number.

    Raises NoSuchComplaint and StillOpen for what cannot be opened again.
    """
    if reopens := values.get(reopening.REOPENS) or values.get(f"complaint.{reopening.REOPENS}"):
        return reopening.reopened_number(session, str(reopens))
    unit = re.sub(r"[^A-Z0-9]", "", str(values.get("complaint.received_by_unit") or "").upper())[:12] or HOME_UNIT
    day = at.astimezone(clock.zone()).strftime("%Y%m%d")
    return f"TS-{day}-{unit}-{increased(session, f'complaint:{day}:{unit}'):05d}"


def increased(session: Session, name: str) -> int:
    """The next value of the sequence `name`, from 1; others who want one wait until this transaction ends."""
    value = _raised(session, name)
    if value is not None:
        return value
    try:
        with session.begin_nested():
            session.execute(insert(Sequence).values(name=name, value=1))
    except IntegrityError:  # another host made the row in the meantime
        return _raised(session, name) or 1
    return 1


def _raised(session: Session, name: str) -> int | None:
    raised = update(Sequence).where(Sequence.name == name).values(value=Sequence.value + 1).returning(Sequence.value)
    return session.scalar(raised.execution_options(synchronize_session=False))
