"""What the engine does by itself: lease a job, do its work outside any transaction, complete the token; or try again.

The job row is the truth. Its id is the idempotency key of the work: a worker that dies after the work and before the
completion does the work again under the same id.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select, text
from sqlalchemy.orm import Session

from engine import history, search
from engine.applications import Work, WorkResult
from engine.errors import BpmnError, ModelFault, RedressError, TopicFailedForGood
from engine.history import Line
from engine.identity import SYSTEM
from engine.models import CALLS, REWORDED, Job, Message, ProcessInstance, StartTimer, Timer
from engine.projections import payload_place
from engine.site import Site
from engine.transition import (
    Move,
    Parks,
    can_be_settled,
    carry_out,
    fire_due,
    fire_starts,
    guarded,
    lock,
    move,
    raise_incident,
    settle_message,
)

#: How long a worker may take before another one may try: longer than all jobs of a tick together, which share a moment.
LEASE = timedelta(minutes=10)
#: Waits before the second, third, … attempt; the last one repeats.
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
#: Messages and jobs that one tick does before it looks at timers again.
MOST_MESSAGES = 200
MOST_JOBS = 25

# Asked at every tick and for every job: built once, for building takes longer than asking.
_NOW = bindparam("now", type_=Job.due_at.type)
_FREE = or_(
    and_(Job.state == "waiting", Job.due_at <= _NOW),
    and_(Job.state == "leased", Job.leased_until <= _NOW),
)
_JOBS = select(Job).where(Job.kind.in_(CALLS), _FREE)
_NEXT_JOBS = _JOBS.with_only_columns(Job.id).order_by(Job.due_at, Job.id).limit(bindparam("most"))
_JOB_OF_CASE = (
    _JOBS.add_columns(ProcessInstance.business_key, ProcessInstance.subject_id, ProcessInstance.application)
    .join(ProcessInstance, ProcessInstance.id == Job.instance_id)
    .where(Job.id == bindparam("id"))
    .with_for_update(of=Job, skip_locked=True)
)
_DUE = select(
    exists().where(Timer.state == "armed", Timer.due_at <= _NOW).label("timers"),
    exists().where(StartTimer.state == "armed", StartTimer.due_at <= _NOW).label("starts"),
    exists().where(Message.state == "waiting").label("messages"),
    exists().where(Job.kind.in_(CALLS), _FREE).label("jobs"),
    exists().select_from(ProcessInstance).where(text(REWORDED)).label("words"),
)


@dataclass(frozen=True)
class Done:
    """What one tick did."""

    timers: int = 0
    messages: int = 0
    jobs: int = 0

    def __bool__(self) -> bool:
        return bool(self.timers or self.messages or self.jobs)


@dataclass(frozen=True)
class Leased:
    """A job that this worker may do now."""

    work: Work
    application: str
    version: int
    token_id: str
    retries: int


def tick(site: Site, now: datetime) -> Done:
    """Fire due timers, deliver waiting messages, do due jobs: each in transactions of its own. Searches follow."""
    with site.database.reading() as session:
        due = session.execute(_DUE, {"now": now}).one()
    fired = (fire_due(site, now) if due.timers else 0) + (fire_starts(site, now) if due.starts else 0)
    settled = deliver_waiting(site, now) if due.messages or fired else 0
    done = Done(fired, settled, run_jobs(site, now) if due.jobs or fired or settled else 0)
    if due.words:
        guarded(lambda: search.follow(site) > 0, _nothing)
    return done


def deliver_waiting(site: Site, now: datetime, most: int = MOST_MESSAGES) -> int:
    """Match waiting messages with subscriptions once more, and expire old ones; returns how many were settled."""
    with site.database.reading() as session:
        query = select(Message.id).where(can_be_settled(session, now)).order_by(Message.created_at, Message.id)
        waiting = list(session.scalars(query.limit(most)))

    def settle(message_id: str) -> bool:
        return settle_message(site, message_id, now, actor=SYSTEM) != "waiting"

    return sum(guarded(functools.partial(settle, message_id), _nothing) for message_id in waiting)


def run_jobs(site: Site, now: datetime, most: int = MOST_JOBS) -> int:
    """Do due jobs, the longest due first, until none is left or `most` were done; returns how many were taken up."""
    taken = 0
    while taken < most and (due := due_jobs(site, now, most - taken)):
        leases = (lease(site, job_id, now) for job_id in due)
        done = sum(run_job(site, leased, now) is not None for leased in leases if leased is not None)
        if not done:  # other workers took them all
            break
        taken += done
    return taken


def due_jobs(site: Site, now: datetime, most: int) -> Sequence[str]:
    """Ids of at most `most` jobs that are due or whose worker died, the longest due first."""
    with site.database.reading() as session:
        return session.scalars(_NEXT_JOBS, {"now": now, "most": most}).all()


def lease(site: Site, job_id: str, now: datetime) -> Leased | None:
    """Take the job for this worker alone; None where another one took it meanwhile."""
    with site.database.transaction() as session:
        row = session.execute(_JOB_OF_CASE, {"now": now, "id": job_id}).first()
        if row is None:
            return None
        job: Job = row[0]
        job.state, job.leased_until = "leased", now + LEASE
        job.attempts += 1
        job.version += 1
        payload = site.vault.open_json(session, row.subject_id, job.sealed_payload, payload_place(job.id))
        work = Work(
            id=job.id,
            topic=job.topic,
            instance_id=job.instance_id,
            business_key=row.business_key,
            element_id=job.element_id,
            inputs=payload["inputs"],
            variables=payload["variables"],
            attempt=job.attempts,
            at=now,
            is_last=job.attempts >= job.retries,
        )
        return Leased(work, row.application, job.version, job.token_id, job.retries)


def run_job(site: Site, leased: Leased, now: datetime) -> bool:
    """Do the work of a leased job and complete its token, if any; on failure try again later, or raise an incident."""
    return guarded(lambda: _work(site, leased, now), lambda error: _failed(site, leased, error, now))


def _work(site: Site, leased: Leased, now: datetime) -> bool:
    result = _result(site, leased)

    def attempt(session: Session, parks: Parks) -> bool:
        instance = lock(session, leased.work.instance_id)
        job = _still_leased(session, leased)
        if job is None:
            return False
        job.state, job.finished_at, job.version = "done", now, job.version + 1
        if not leased.token_id:
            return True

        def act(step: Move) -> bool:
            if isinstance(result, BpmnError):
                return step.execution.fail_work(leased.token_id, result)
            return step.execution.finish_work(leased.token_id, result)

        return move(site, session, instance, act, actor=SYSTEM, now=now, park_at=parks)

    return carry_out(site, attempt)


def _result(site: Site, leased: Leased) -> Mapping[str, Any] | WorkResult | BpmnError:
    """Do the work. Raises whatever the topic raises, and TopicFailedForGood."""
    if leased.work.attempt > leased.retries:
        why = RedressError("its worker stopped before the end, at the last of {count} attempts", count=leased.retries)
        raise TopicFailedForGood(why=why)
    topic = site.applications[leased.application].topics.get(leased.work.topic)
    if topic is None:
        raise TopicFailedForGood(why=RedressError("no topic “{topic}” is installed", topic=leased.work.topic))
    try:
        return topic(site, leased.work) or {}
    except BpmnError as error:
        return error


def _still_leased(session: Session, leased: Leased) -> Job | None:
    """The job, locked, unless it was cancelled or another worker has it."""
    job = session.get(Job, leased.work.id, with_for_update=True)
    return job if job is not None and job.state == "leased" and job.version == leased.version else None


def _failed(site: Site, leased: Leased, error: Exception, now: datetime) -> None:
    with site.database.transaction() as session:
        instance = lock(session, leased.work.instance_id)
        job = _still_leased(session, leased)
        if job is None:
            return
        job.version += 1
        job.leased_until = None
        if job.attempts < job.retries and not isinstance(error, TopicFailedForGood | ModelFault):
            job.state = "waiting"
            job.due_at = now + BACK_OFF[min(job.attempts, len(BACK_OFF)) - 1]
            return
        job.state, job.finished_at = "failed", now
        raise_incident(session, instance, kind="job", element_id=job.element_id, error=error, now=now, job_id=job.id)
        line = Line("incident", job.element_id, {"kind": "job", "topic": job.topic, "attempts": job.attempts})
        history.record(session, site.vault, instance, [line], actor=SYSTEM.username, now=now)


def _nothing(_error: Exception) -> None:
    """A message that could not be settled waits for the next tick."""
