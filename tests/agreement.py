"""What must hold after every step: rows and execution agree, no case stands still for no reason, history is whole."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import history
from engine.models import Incident, Job, ProcessInstance, Subscription, Timer, UserTask
from engine.queries.looking import look
from engine.queries.operations import stuck
from engine.site import Site


def disagreements(office: Any) -> list[str]:
    """What does not hold in the office, now; empty is good."""
    site = office.site
    with site.database.reading() as session:
        found = [
            line
            for instance in session.scalars(select(ProcessInstance))
            for line in _case(session, site, instance, office.now)
        ]
        found += [f"{instance_id} waits for nothing" for instance_id in stuck(session)]
        report = history.verify(session, site.vault, None)
    return found + ([f"history: {report.broken}"] if report.broken else [])


def _case(session: Session, site: Site, instance: ProcessInstance, now: Any) -> Iterator[str]:
    tokens: dict[str, set[str]] = {}
    due = set()
    if instance.status == "active":
        execution = look(session, site, instance, now).execution
        for token_id, _, state in execution.open_elements():
            tokens.setdefault(state, set()).add(token_id)
        due = {(token_id, at) for at, token_id in execution.due_timers()}
        if execution.is_ended:
            yield f"{instance.id} is active without a token"
    rows = _rows(session, instance.id)
    for what, state in (
        ("tasks", "task"),
        ("timers", "timer"),
        ("message", "message"),
        ("signal", "signal"),
        ("work", "work"),
        ("parked", "parked"),
    ):
        if rows[what] != tokens.get(state, set()):
            yield f"{instance.id}: {what} {rows[what]} are not the tokens {tokens.get(state)}"
    if rows["armed"] != due:
        yield f"{instance.id}: timers are due {rows['armed']}, by the execution {due}"
    if rows["incidents"] != rows["stopped"]:
        yield f"{instance.id}: incidents {rows['incidents']} do not stand for what stopped {rows['stopped']}"


def _rows(session: Session, instance_id: str) -> dict[str, set[Any]]:
    def ids(column: Any, *where: Any) -> set[Any]:
        return set(session.scalars(select(column).where(*where)))

    timers = list(session.scalars(select(Timer).where(Timer.instance_id == instance_id)))
    of_job = Job.instance_id == instance_id
    open_incident = (Incident.instance_id == instance_id, Incident.resolved_at.is_(None))
    failed = ids(Job.id, of_job, Job.state == "failed") | {timer.id for timer in timers if timer.state == "failed"}
    return {
        "tasks": ids(UserTask.id, UserTask.instance_id == instance_id, UserTask.status == "open"),
        "timers": {timer.id for timer in timers},
        "armed": {(timer.id, timer.due_at) for timer in timers if timer.due_at is not None},
        **{
            kind: ids(Subscription.id, Subscription.instance_id == instance_id, Subscription.kind == kind)
            for kind in ("message", "signal")
        },
        "work": ids(Job.token_id, of_job, Job.kind == "topic", Job.state.in_(("waiting", "leased", "failed"))),
        "parked": ids(Job.token_id, of_job, Job.kind == "continue", Job.state == "failed"),
        "incidents": ids(Incident.job_id, *open_incident, Incident.job_id.is_not(None))
        | ids(Incident.timer_id, *open_incident, Incident.timer_id.is_not(None)),
        "stopped": failed,
    }
