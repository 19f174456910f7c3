"""Incidents: what stands still until a person looks at it."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine import projections
from engine.execution import Execution
from engine.history import Line
from engine.models import Incident, Job, ProcessInstance
from engine.vault import Vault


def park(session: Session, vault: Vault, instance: ProcessInstance, execution: Execution) -> list[Line]:
    """A job of kind `continue` and an incident for every step that was parked; gives the lines for history."""
    lines = []
    for token_id, (element_id, error) in execution.parked.items():
        if token_id in execution.gone:
            continue
        row = projections.job_row(session, vault, instance, (token_id, element_id), execution.now, {})
        session.execute(insert(Job), [row | {"kind": "continue", "state": "failed"}])
        raise_incident(
            session,
            instance,
            kind="step",
            element_id=element_id,
            message=error.message,
            now=execution.now,
            job_id=row["id"],
        )
        lines.append(Line("incident", element_id, {"kind": "step", "token": token_id}))
    return lines


def raise_incident(
    session: Session,
    instance: ProcessInstance,
    *,
    kind: str,
    element_id: str,
    message: str,
    now: datetime,
    job_id: str | None = None,
    timer_id: str | None = None,
) -> None:
    """An open incident for a job or timer, once: an open one is not doubled."""
    open_one = select(Incident.id).where(Incident.instance_id == instance.id, Incident.resolved_at.is_(None))
    same = Incident.job_id == job_id if job_id else Incident.timer_id == timer_id
    if session.scalar(open_one.where(same)) is None:
        session.add(
            Incident(
                instance_id=instance.id,
                element_id=element_id,
                kind=kind,
                job_id=job_id,
                timer_id=timer_id,
                message=message,
                created_at=now,
            )
        )
