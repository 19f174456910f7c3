"""What the engine does by itself: lease a job, do its work outside any transaction, complete the token; retry, incident.

The job row is the truth. Its id is the idempotency key of the work: a worker that dies after the work and before the
completion does the work again under the same id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from engine import history
from engine.applications import Application, Work
from engine.errors import BpmnError, RedressError, TopicFailedForGood
from engine.history import Line
from engine.models import Job, Message, ProcessInstance
from engine.projections import payload_place
from engine.site import Site
from engine.transition import Move, Parks, carry_out, fire_due, guarded, lock, move, raise_incident, settle_message

#: How long a worker may take before another one may try.
LEASE = timedelta(minutes=5)
#: Waits before the second, third, … attempt; the last one repeats.
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
#: Jobs or messages that one tick does before it looks at timers again.
MOST = 200


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
    version: int
    token_id: str


def tick(site: Site, now: datetime) -> Done:
    """Fire due timers, deliver waiting messages, do due jobs: each in transactions of its own."""
    return Done(fire_due(site, now), deliver_waiting(site, now), run_jobs(site, now))


def deliver_waiting(site: Site, now: datetime, most: int = MOST) -> int:
    """Match waiting messages with subscriptions once more, and expire old ones; returns how many were settled."""
    with site.database.reading() as session:
        query = select(Message.id).where(Message.state == "waiting").order_by(Message.created_at).limit(most)
        waiting = list(session.scalars(query))
    settled = 0
    for message_id in waiting:

        def settle(message_id: str = message_id) -> bool:
            return settle_message(site, message_id, now, actor="system") != "waiting"

        settled += guarded(settle, lambda _error: None)
    return settled


def run_jobs(site: Site, now: datetime, most: int = MOST) -> int:
    """Do due jobs until none is left or `most` were done; returns how many were taken up."""
    taken = 0
    while taken < most:
        leased = lease(site, now)
        if leased is None:
            break
        taken += 1
        run_job(site, leased, now)
    return taken


def lease(site: Site, now: datetime) -> Leased | None:
    """Take the longest due job for this worker alone, or one whose worker died."""
    free = and_(Job.state == "waiting", Job.due_at <= now)
    abandoned = and_(Job.state == "leased", Job.leased_until <= now)
    query = select(Job).where(Job.kind == "topic", or_(free, abandoned)).order_by(Job.due_at, Job.id).limit(1)
    with site.database.reading() as session:
        if session.scalar(query.with_only_columns(Job.id)) is None:
            return None
    with site.database.transaction() as session:
        job = session.scalar(query.with_for_update(skip_locked=True))
        if job is None:
            return None
        job.state, job.leased_until = "leased", now + LEASE
        job.attempts += 1
        job.version += 1
        instance = session.get_one(ProcessInstance, job.instance_id)
        payload = site.vault.open_json(session, instance.subject_id, job.sealed_payload, payload_place(job.id))
        work = Work(
            id=job.id,
            topic=job.topic,
            instance_id=job.instance_id,
            business_key=instance.business_key,
            element_id=job.element_id,
            inputs=payload["inputs"],
            variables=payload["variables"],
            attempt=job.attempts,
            at=now,
        )
        return Leased(work, job.version, job.token_id)


def run_job(site: Site, leased: Leased, now: datetime) -> bool:
    """Do the work of a leased job and complete its token; on failure try again later, or raise an incident."""
    return guarded(lambda: _work(site, leased, now), lambda error: _failed(site, leased, error, now))


def _work(site: Site, leased: Leased, now: datetime) -> bool:
    application = _application(site, leased.work.instance_id)
    topic = application.topics.get(leased.work.topic)
    if topic is None:
        raise TopicFailedForGood(why=f"no topic “{leased.work.topic}” is installed")
    try:
        result: Mapping[str, Any] | BpmnError = topic(site, leased.work) or {}
    except BpmnError as error:
        result = error

    def attempt(session: Session, parks: Parks) -> bool:
        def act(step: Move) -> bool:
            job = session.get(Job, leased.work.id)
            if job is None or job.state != "leased" or job.version != leased.version:
                return False
            job.state, job.finished_at, job.version = "done", now, job.version + 1
            session.flush()
            if isinstance(result, BpmnError):
                return step.execution.fail_work(leased.token_id, result)
            return step.execution.finish_work(leased.token_id, result)

        return move(site, session, leased.work.instance_id, act, now=now, actor="system", park_at=parks)

    return carry_out(site, attempt)


def _failed(site: Site, leased: Leased, error: Exception, now: datetime) -> None:
    with site.database.transaction() as session:
        instance = lock(session, leased.work.instance_id)
        job = session.get(Job, leased.work.id)
        if job is None or job.state != "leased" or job.version != leased.version:
            return
        job.version += 1
        job.leased_until = None
        if job.attempts < job.retries and not isinstance(error, TopicFailedForGood):
            job.state = "waiting"
            job.due_at = now + BACK_OFF[min(job.attempts, len(BACK_OFF)) - 1]
            return
        job.state, job.finished_at = "failed", now
        message = error.message if isinstance(error, RedressError) else type(error).__name__
        raise_incident(
            session, instance, kind="job", element_id=job.element_id, message=message, now=now, job_id=job.id
        )
        line = Line("incident", job.element_id, {"kind": "job", "topic": job.topic, "attempts": job.attempts})
        history.record(session, site.vault, instance, [line], actor="system", now=now)


def _application(site: Site, instance_id: str) -> Application:
    with site.database.reading() as session:
        key = session.scalar(select(ProcessInstance.application).where(ProcessInstance.id == instance_id))
    return site.applications[key or ""]
