"""What an application brings up to date in the records of its cases, as when a table changed on which they hang."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.history import Line
from engine.identity import SYSTEM
from engine.site import Site
from engine.transition import Move, Parks, carry_out, lock, move


def update_record(site: Site, instance_id: str, update: Callable[[Any], None], *, now: datetime) -> bool:
    """Let `update` change the record of a case; timers that read what it reports as changed are armed anew.

    Gives False for a case that has ended: nothing is done. Raises NotFound, and what `update` raises.
    """

    def act(step: Move) -> None:
        record = step.execution.record
        if record is not None:
            update(record)
            names = sorted(record.changed)
            step.lines.append(Line("record_updated", "", {"names": names}))

    def attempt(session: Session, parks: Parks) -> bool:
        instance = lock(session, instance_id)
        if instance.status != "active":
            return False
        move(site, session, instance, act, actor=SYSTEM, now=now, park_at=parks)
        return True

    return carry_out(site, attempt)
