"""Noting that somebody has a case open, for the others who do."""

import contextlib
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from engine.identity import AUDITOR, Actor
from engine.models import Presence
from engine.site import Site


def note_presence(site: Site, instance_id: str, task_id: str | None, *, actor: Actor, now: datetime) -> None:
    """Note that `actor` looks at the case, or at a task of it; who may see it is decided before.

    Nobody waits for it: while another transaction writes, it is left to the next time. Who audits is not told of.
    """
    if actor.id is None or AUDITOR in actor.groups:
        return
    dialect = sqlite if site.database.is_sqlite else postgresql
    row = {"instance_id": instance_id, "person_id": actor.id, "task_id": task_id, "seen_at": now}
    added = dialect.insert(Presence).values(row)
    seen = {"task_id": added.excluded.task_id, "seen_at": added.excluded.seen_at}
    statement = added.on_conflict_do_update(index_elements=["instance_id", "person_id"], set_=seen)
    with contextlib.suppress(OperationalError), site.database.transaction(at_once=True) as session:
        session.execute(statement)
