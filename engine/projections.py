"""Rows that follow the execution: tasks, timers, subscriptions, jobs. Written in the transaction that moved the tokens."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from engine.execution import Execution, Subscribed, TaskOpened, TimerSet, WorkRequested
from engine.models import Job, Person, ProcessInstance, Subscription, Timer, UserTask, UserTaskGroup
from engine.vault import Vault


def write(
    session: Session, vault: Vault, instance: ProcessInstance, execution: Execution, *, person_id: int | None
) -> None:
    """Bring the rows of `instance` into step with what `execution` did since it was loaded.

    `person_id` completed the task that this command is about, if any.
    """
    opened = [fact for fact in execution.facts if isinstance(fact, TaskOpened) and fact.token_id not in execution.gone]
    completed = {fact.token_id for fact in execution.facts if getattr(fact, "kind", "") == "task_completed"}
    gone = execution.gone.keys() | completed
    _open_tasks(session, instance, opened, execution.now)
    _close_tasks(session, completed, execution.gone, person_id, execution.now)
    _set_timers(session, instance, execution.timers_set)
    _subscribe(session, instance, execution)
    requests = [fact for fact in execution.facts if isinstance(fact, WorkRequested) and fact.token_id not in gone]
    _write_jobs(session, vault, instance, requests, execution.now)
    if execution.gone:
        session.execute(
            update(Job)
            .where(Job.token_id.in_(list(execution.gone)), Job.state.in_(("waiting", "leased", "failed")))
            .values(state="cancelled", finished_at=execution.now, version=Job.version + 1)
            .execution_options(synchronize_session=False)
        )


def _open_tasks(session: Session, instance: ProcessInstance, opened: list[TaskOpened], now: datetime) -> None:
    if not opened:
        return
    people = _people(session, {name for task in opened for name in (task.assignee, *task.users) if name})
    session.execute(
        insert(UserTask),
        [
            {
                "id": task.token_id,
                "instance_id": instance.id,
                "definition_id": task.definition_id,
                "element_id": task.element_id,
                "item": task.item,
                "status": "open",
                "assignee_id": people.get(task.assignee),
                "priority": task.priority,
                "created_at": now,
                "due_at": task.due_at,
                "follow_up_at": task.follow_up_at,
                "role": task.role,
            }
            for task in opened
        ],
    )
    groups = [{"task_id": task.token_id, "group_key": group} for task in opened for group in task.groups]
    if groups:
        session.execute(insert(UserTaskGroup), groups)


def _people(session: Session, names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    query = select(Person.username, Person.id).where(Person.username.in_(names))
    return {username: person_id for username, person_id in session.execute(query)}


def _close_tasks(
    session: Session, completed: set[str], gone: dict[str, str], person_id: int | None, now: datetime
) -> None:
    if completed:
        session.execute(
            update(UserTask)
            .where(UserTask.id.in_(completed), UserTask.status == "open")
            .values(status="completed", closed_at=now, completed_by=person_id)
            .execution_options(synchronize_session=False)
        )
    cancelled = [token for token, how in gone.items() if how == "cancelled" and token not in completed]
    if cancelled:
        session.execute(
            update(UserTask)
            .where(UserTask.id.in_(cancelled), UserTask.status == "open")
            .values(status="cancelled", closed_at=now)
            .execution_options(synchronize_session=False)
        )


def _set_timers(session: Session, instance: ProcessInstance, timers: dict[str, TimerSet | None]) -> None:
    if not timers:
        return
    session.execute(delete(Timer).where(Timer.id.in_(list(timers))).execution_options(synchronize_session=False))
    rows = [
        {
            "id": timer.token_id,
            "instance_id": instance.id,
            "element_id": timer.element_id,
            "due_at": timer.due_at,
            "state": "paused" if timer.due_at is None else "armed",
            "names": " ".join(timer.names),
        }
        for timer in timers.values()
        if timer is not None
    ]
    if rows:
        session.execute(insert(Timer), rows)


def _subscribe(session: Session, instance: ProcessInstance, execution: Execution) -> None:
    gone = list(execution.gone)
    if gone:
        session.execute(
            delete(Subscription).where(Subscription.id.in_(gone)).execution_options(synchronize_session=False)
        )
    rows = [
        {
            "id": fact.token_id,
            "instance_id": instance.id,
            "element_id": fact.element_id,
            "name": fact.name,
            "business_key": instance.business_key,
            "created_at": execution.now,
        }
        for fact in execution.facts
        if isinstance(fact, Subscribed) and fact.token_id not in execution.gone
    ]
    if rows:
        session.execute(insert(Subscription), rows)


def _write_jobs(
    session: Session, vault: Vault, instance: ProcessInstance, requests: Iterable[WorkRequested], now: datetime
) -> None:
    rows = [
        job_row(
            session,
            vault,
            instance,
            (request.token_id, request.element_id),
            now,
            {"inputs": dict(request.inputs), "variables": dict(request.variables)},
        )
        | {"kind": "topic", "topic": request.topic, "retries": request.retries}
        for request in requests
    ]
    if rows:
        session.execute(insert(Job), rows)


def job_row(
    session: Session,
    vault: Vault,
    instance: ProcessInstance,
    place: tuple[str, str],
    now: datetime,
    payload: dict[str, Any],
) -> dict[str, Any]:
    """The columns of a new job that is due now; `place`: ids of token and element."""
    job_id = str(uuid.uuid4())
    token_id, element_id = place
    return {
        "id": job_id,
        "instance_id": instance.id,
        "token_id": token_id,
        "element_id": element_id,
        "topic": "",
        "state": "waiting",
        "sealed_payload": vault.seal_json(session, instance.subject_id, payload, payload_place(job_id)),
        "attempts": 0,
        "retries": 0,
        "due_at": now,
        "version": 0,
        "created_at": now,
    }


def payload_place(job_id: str) -> str:
    """Where a job's payload is sealed."""
    return f"job.payload:{job_id}"
