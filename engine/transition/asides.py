"""Work beside the diagram: what lines of history call for is a job in the same commit, and no token waits for it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine.applications import Application
from engine.history import Line
from engine.models import ASIDE, Job, ProcessInstance
from engine.projections import job_row
from engine.vault import Vault

#: Attempts of such a job.
RETRIES = 3


def call_for(
    session: Session,
    vault: Vault,
    application: Application,
    instance: ProcessInstance,
    lines: Sequence[Line],
    *,
    actor: str,
    now: datetime,
) -> None:
    """Write a job for each piece of work that the application wants done because of `lines`."""
    if application.asides is None:
        return
    rows = []
    for aside in application.asides(lines, actor):
        place, payload = ("", aside.element_id), {"inputs": dict(aside.inputs), "variables": {}}
        row = job_row(session, vault, instance, place, now, payload)
        rows.append(row | {"kind": ASIDE, "topic": aside.topic, "retries": RETRIES})
    if rows:
        session.execute(insert(Job), rows)
