"""Rows that follow the execution: tasks, timers, subscriptions, jobs. Written in the transaction that moved the tokens.

What a token waited for before and what it waits for now says which rows are over, so that nothing is asked or written
for what did not change.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from engine.applications import Application
from engine.assignment import Assignment, Given
from engine.execution import Execution, Subscribed, TaskOpened, WorkRequested
from engine.history import Line
from engine.models import (
    TOPIC,
    Incident,
    InstanceUnit,
    Job,
    Person,
    ProcessInstance,
    Subscription,
    Timer,
    UserTask,
    UserTaskGroup,
)
from engine.vault import Vault

#: Bulk statements need not look for rows that the session holds: those are written by nobody else here.
_BULK = {"synchronize_session": False}


@dataclass(frozen=True)
class Change:
    """Token id → what it waits for, before and after; and who completed the task that this is about, if anybody."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    person_id: int | None = None

    def over(self, *states: str) -> set[str]:
        """Tokens that waited for one of `states` and do not any more."""
        return {token for token, state in self.before.items() if state in states and self.after.get(token) != state}

    def new(self, state: str) -> set[str]:
        """Tokens that wait for `state` since now."""
        return {token for token, now in self.after.items() if now == state and self.before.get(token) != state}


def write(
    session: Session,
    vault: Vault,
    application: Application,
    instance: ProcessInstance,
    execution: Execution,
    change: Change,
) -> list[Line]:
    """Bring the rows of `instance` into step with what `execution` did since it was loaded; gives who got which task.

    New tasks that are assigned by themselves find their person here.
    """
    _close_tasks(session, execution, change)
    lines = _open_tasks(session, application, instance, execution, change.new("task"))
    failed = _set_timers(session, instance, execution, change)
    _subscribe(session, instance, execution, change)
    idle = {token for token in change.over("work", "parked") if execution.gone.get(token) == "cancelled"}
    if idle:
        session.execute(
            update(Job)
            .where(Job.token_id.in_(idle), Job.state.in_(("waiting", "leased", "failed")))
            .values(state="cancelled", finished_at=execution.now, version=Job.version + 1),
            execution_options=_BULK,
        )
    _write_jobs(session, vault, instance, execution, change.new("work"))
    if failed or idle:
        _resolve(session, instance, failed, idle, execution.now)
    return lines


def give_anew(
    session: Session,
    application: Application,
    instance: ProcessInstance,
    execution: Execution,
    usernames: Iterable[str],
) -> list[Line]:
    """Take the open tasks that these people have in the case away, and give them as if they were new."""
    held = select(UserTask, Person.username).join(Person, Person.id == UserTask.assignee_id)
    wanted = held.where(UserTask.instance_id == instance.id, UserTask.status == "open")
    lines, tasks = [], {}
    for task, username in session.execute(wanted.where(Person.username.in_(list(usernames)))).all():
        task.assignee_id = task.handed_to_id = None
        tasks[task.id] = task
        lines.append(Line("task_released", task.element_id, {"task": task.id, "from": username}))
    session.flush()
    offers = [execution.offered(token_id) for token_id in tasks]
    for token_id, one in Assignment(session, application, instance.id, execution.now).given(offers).items():
        tasks[token_id].assignee_id = one.person_id
        session.execute(delete(UserTaskGroup).where(UserTaskGroup.task_id == token_id), execution_options=_BULK)
        _offer(session, {token_id: one})
        lines += one.lines
    return lines


def write_units(session: Session, instance_id: str, before: frozenset[str], after: frozenset[str]) -> None:
    """The units that a case concerns, where they are others than before."""
    if gone := before - after:
        over = delete(InstanceUnit).where(InstanceUnit.instance_id == instance_id, InstanceUnit.unit_key.in_(gone))
        session.execute(over, execution_options=_BULK)
    if new := after - before:
        session.execute(insert(InstanceUnit), [{"instance_id": instance_id, "unit_key": unit} for unit in sorted(new)])


def _open_tasks(
    session: Session, application: Application, instance: ProcessInstance, execution: Execution, new: set[str]
) -> list[Line]:
    opened = [fact for fact in execution.facts if isinstance(fact, TaskOpened) and fact.token_id in new]
    if not opened:
        return []
    given = Assignment(session, application, instance.id, execution.now).given(opened)
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
                "assignee_id": given[task.token_id].person_id,
                "priority": task.priority,
                "created_at": execution.now,
                "due_at": task.due_at,
                "follow_up_at": task.follow_up_at,
                "role": task.role,
            }
            for task in opened
        ],
    )
    _offer(session, given)
    return [line for one in given.values() for line in one.lines]


def _offer(session: Session, given: Mapping[str, Given]) -> None:
    groups = [
        {"task_id": token_id, "group_key": group, "unit_key": unit}
        for token_id, one in given.items()
        for group, unit in one.offers
    ]
    if groups:
        session.execute(insert(UserTaskGroup), groups)


def _close_tasks(session: Session, execution: Execution, change: Change) -> None:
    over = change.over("task")
    completed = {fact.token_id for fact in execution.facts if getattr(fact, "kind", "") == "task_completed"}
    closings: list[tuple[Collection[str], dict[str, Any]]] = [
        (over & completed, {"status": "completed", "completed_by": change.person_id}),
        (over - completed, {"status": "cancelled"}),
    ]
    for tokens, columns in closings:
        if tokens:
            closing = update(UserTask).where(UserTask.id.in_(tokens), UserTask.status == "open")
            session.execute(closing.values(closed_at=execution.now, **columns), execution_options=_BULK)


def _set_timers(session: Session, instance: ProcessInstance, execution: Execution, change: Change) -> set[str]:
    """Gives the ids of rows that had failed and are replaced or over."""
    touched = execution.timers_set.keys() | change.over("timer")
    old = {token for token in touched if change.before.get(token) == "timer"}
    failed: set[str] = set()
    if old:
        gone = delete(Timer).where(Timer.id.in_(old)).returning(Timer.id, Timer.state)
        failed = {row.id for row in session.execute(gone, execution_options=_BULK) if row.state == "failed"}
    rows = [
        {
            "id": timer.token_id,
            "instance_id": instance.id,
            "element_id": timer.element_id,
            "due_at": timer.due_at,
            "state": "paused" if timer.due_at is None else "armed",
            "names": " ".join(timer.names),
        }
        for timer in execution.timers_set.values()
        if timer is not None and change.after.get(timer.token_id) == "timer"
    ]
    if rows:
        session.execute(insert(Timer), rows)
    return failed


def _subscribe(session: Session, instance: ProcessInstance, execution: Execution, change: Change) -> None:
    over, new = change.over("message", "signal"), change.new("message") | change.new("signal")
    if over:
        session.execute(delete(Subscription).where(Subscription.id.in_(over)), execution_options=_BULK)
    rows = [
        {
            "id": fact.token_id,
            "instance_id": instance.id,
            "element_id": fact.element_id,
            "kind": fact.kind,
            "name": fact.name,
            "business_key": instance.business_key,
            "created_at": execution.now,
        }
        for fact in execution.facts
        if isinstance(fact, Subscribed) and fact.token_id in new
    ]
    if rows:
        session.execute(insert(Subscription), rows)


def _write_jobs(session: Session, vault: Vault, instance: ProcessInstance, execution: Execution, new: set[str]) -> None:
    rows = [
        job_row(
            session,
            vault,
            instance,
            (request.token_id, request.element_id),
            execution.now,
            work_payload(request),
        )
        | {"kind": TOPIC, "topic": request.topic, "retries": request.retries}
        for request in execution.facts
        if isinstance(request, WorkRequested) and request.token_id in new
    ]
    if rows:
        session.execute(insert(Job), rows)


def _resolve(
    session: Session, instance: ProcessInstance, timers: Iterable[str], tokens: Iterable[str], now: datetime
) -> None:
    """Nobody needs to look any more at an incident whose timer or token is gone."""
    jobs = select(Job.id).where(Job.token_id.in_(list(tokens)), Job.state == "cancelled")
    session.execute(
        update(Incident)
        .where(
            Incident.instance_id == instance.id,
            Incident.resolved_at.is_(None),
            or_(Incident.timer_id.in_(list(timers)), Incident.job_id.in_(jobs)),
        )
        .values(resolved_at=now),
        execution_options=_BULK,
    )


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


def work_payload(request: WorkRequested) -> dict[str, Any]:
    """What a job keeps of the work that was requested."""
    return {"inputs": dict(request.inputs), "variables": dict(request.variables)}


def payload_place(job_id: str) -> str:
    """Where a job's payload is sealed."""
    return f"job.payload:{job_id}"
