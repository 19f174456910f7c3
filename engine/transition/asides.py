"""What lines of history call for beside the diagram, in the same commit: people are told, and work becomes a job.

No token waits for either.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine import notifications
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
    """Tell the people whom `lines` concern, and write a job for each piece of work that the application wants done."""
    news = notifications.news_in(lines, actor)
    notifications.tell_people(session, application, instance.id, news, actor=actor, now=now)
    if application.asides is None:
        return
    rows = []
    for aside in application.asides(lines, actor):
        place, payload = ("", aside.element_id), {"inputs": dict(aside.inputs), "variables": {}}
        row = job_row(session, vault, instance, place, now, payload)
        rows.append(row | {"kind": ASIDE, "topic": aside.topic, "retries": RETRIES})
    if rows:
        session.execute(insert(Job), rows)
