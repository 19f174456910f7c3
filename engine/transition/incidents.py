"""Incidents: what stands still until a person looks at it."""

from collections.abc import Mapping
from datetime import datetime
from string import Formatter
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine import projections, values
from engine.errors import RedressError
from engine.execution import Execution
from engine.history import Line
from engine.models import Incident, Job, ProcessInstance
from engine.transition.guard import reason_of
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
            error=error,
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
    error: Exception,
    now: datetime,
    job_id: str | None = None,
    timer_id: str | None = None,
) -> None:
    """An open incident for a job or timer, once: an open one is not doubled.

    Of `error` the English text is kept; an error that was raised on purpose can be read in other languages too.
    """
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
                message=reason_of(error),
                reason=kept_reason(error) if isinstance(error, RedressError) else None,
                created_at=now,
            )
        )


def error_of(incident: Incident, language: str) -> RedressError:
    """What an incident says, as an error that pages explain; parameters that exist in `language` are in it already."""
    return reason_in(incident.reason, language) if incident.reason else RedressError(incident.message)


def kept_reason(error: Exception) -> bytes:
    """Why something failed, in parts that can be read in other languages."""
    return values.dumps(_reason(error if isinstance(error, RedressError) else RedressError(reason_of(error))))


def reason_in(kept: bytes, language: str) -> RedressError:
    """What `kept_reason` kept, as an error that pages explain."""
    return _error(values.loads(kept), language)


def _reason(error: RedressError) -> dict[str, Any]:
    """The parts of an error: its text, and of its parameters only those that the text shows, in all languages."""
    shown = {name for _, name, _, _ in Formatter().parse(error.template) if name} if error.params else set()
    shown |= {f"{name}_zh" for name in shown}
    return {
        "text": error.template,
        "params": {name: _stored(value) for name, value in error.params.items() if name in shown},
    }


def _stored(value: object) -> object:
    if isinstance(value, RedressError):
        return _reason(value)
    return value if isinstance(value, str | int) else str(value)


def _error(reason: Mapping[str, Any], language: str) -> RedressError:
    given = reason["params"]
    chosen = {name: given.get(f"{name}_{language}", value) for name, value in given.items()}
    params = {name: _error(each, language) if isinstance(each, dict) else each for name, each in chosen.items()}
    return RedressError(reason["text"], **params)
