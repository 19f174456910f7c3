"""What the engine does by itself, and where it stands still: incidents, jobs, timers, messages; what is stuck."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from engine.errors import RedressError
from engine.models import Incident, Job, Message, ProcessInstance, StartTimer, Subscription, Timer, UserTask
from engine.queries.case import MessageRow, labelled, message_row
from engine.queries.labels import Labels
from engine.transition.incidents import error_of, reason_in

JOB_STATES = ("waiting", "leased", "failed", "done", "cancelled")
#: States that an operator looks at: what is done is only counted.
LIVE_STATES = ("waiting", "leased", "failed")
#: Rows of one list.
MOST = 200


@dataclass(frozen=True)
class IncidentRow:
    """Something that stands still until somebody lets it try again."""

    id: int
    instance_id: str
    business_key: str
    process: str
    element_id: str
    element: str
    kind: str
    #: in English; `error` is the same, to be explained in the reader's language
    message: str
    error: RedressError = field(compare=False)
    created_at: datetime
    attempts: int | None
    resolved_at: datetime | None


@dataclass(frozen=True)
class JobRow:
    """Work that the engine does by itself."""

    id: str
    instance_id: str
    business_key: str
    element_id: str
    element: str
    kind: str
    topic: str
    state: str
    attempts: int
    retries: int
    due_at: datetime
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class TimerRow:
    """A timer that waits; `due_at` is None while its clock is paused."""

    id: str
    element_id: str
    element: str
    state: str
    due_at: datetime | None


@dataclass(frozen=True)
class StartTimerRow:
    """A timer start event of an active process: when it begins the next case, or why it could not."""

    id: int
    process: str
    element: str
    state: str
    due_at: datetime | None
    error: RedressError | None = field(compare=False)


def incidents(
    session: Session, language: str, *, instance_id: str = "", with_resolved: bool = False
) -> tuple[IncidentRow, ...]:
    """Open incidents, oldest first, of all cases or of one."""
    query = (
        select(Incident, ProcessInstance, Job.attempts)
        .join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
        .outerjoin(Job, Job.id == Incident.job_id)
        .order_by(Incident.created_at, Incident.id)
        .limit(MOST)
    )
    query = query if with_resolved else query.where(Incident.resolved_at.is_(None))
    query = query.where(Incident.instance_id == instance_id) if instance_id else query
    labels = Labels(session, language)
    return tuple(
        IncidentRow(
            id=incident.id,
            instance_id=instance.id,
            business_key=instance.business_key,
            process=labels.process(instance.definition_id),
            element_id=incident.element_id,
            element=labels.element(instance.definition_id, incident.element_id),
            kind=incident.kind,
            message=incident.message,
            error=error_of(incident, language),
            created_at=incident.created_at,
            attempts=attempts if incident.kind == "job" else None,
            resolved_at=incident.resolved_at,
        )
        for incident, instance, attempts in session.execute(query)
    )


def incident_count(session: Session) -> int:
    """How much stands still: open incidents, and start timers that could not begin a case."""
    failed = select(func.count()).where(StartTimer.state == "failed").scalar_subquery()
    return session.scalar(select(func.count() + failed).where(Incident.resolved_at.is_(None))) or 0


def job_counts(session: Session) -> Mapping[str, int]:
    """State → number of jobs."""
    found = dict(session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    return {state: found.get(state, 0) for state in JOB_STATES}


def jobs(session: Session, language: str, *, state: str = "", instance_id: str = "") -> tuple[JobRow, ...]:
    """Jobs of one state, else those that are not over; of one case: all of them. By due time."""
    query = select(Job, ProcessInstance).join(ProcessInstance, ProcessInstance.id == Job.instance_id)
    if instance_id:
        query = query.where(Job.instance_id == instance_id)
    elif state in JOB_STATES:
        query = query.where(Job.state == state)
    else:
        query = query.where(Job.state.in_(LIVE_STATES))
    return _jobs(session, query.order_by(Job.due_at, Job.id).limit(MOST), language)


def _jobs(session: Session, query: Select[Job, ProcessInstance], language: str) -> tuple[JobRow, ...]:
    labels = Labels(session, language)
    return tuple(
        JobRow(
            id=job.id,
            instance_id=instance.id,
            business_key=instance.business_key,
            element_id=job.element_id,
            element=labels.element(instance.definition_id, job.element_id),
            kind=job.kind,
            topic=job.topic,
            state=job.state,
            attempts=job.attempts,
            retries=job.retries,
            due_at=job.due_at,
            created_at=job.created_at,
            finished_at=job.finished_at,
        )
        for job, instance in session.execute(query)
    )


def waiting_messages(session: Session, language: str) -> tuple[MessageRow, ...]:
    """Messages that no case took yet, oldest first; labelled where they name a case."""
    case = ProcessInstance.business_key == Message.business_key
    query = select(Message, ProcessInstance.definition_id).outerjoin(ProcessInstance, case)
    found = session.execute(query.where(Message.state == "waiting").order_by(Message.created_at).limit(MOST))
    return tuple(
        labelled(session, message_row(message), definition_id, language) if definition_id else message_row(message)
        for message, definition_id in found
    )


def timers(session: Session, instance: ProcessInstance, language: str) -> tuple[TimerRow, ...]:
    """The timers of a case, the next one first, paused ones last."""
    query = select(Timer).where(Timer.instance_id == instance.id).order_by(Timer.due_at.asc().nulls_last(), Timer.id)
    labels = Labels(session, language)
    return tuple(
        TimerRow(
            id=timer.id,
            element_id=timer.element_id,
            element=labels.element(instance.definition_id, timer.element_id),
            state=timer.state,
            due_at=timer.due_at,
        )
        for timer in session.scalars(query)
    )


def start_timers(session: Session, language: str) -> tuple[StartTimerRow, ...]:
    """The timers that begin cases: those that could not first, then the next one; what is over last."""
    order = (StartTimer.state != "failed", StartTimer.due_at.asc().nulls_last(), StartTimer.id)
    labels = Labels(session, language)
    return tuple(
        StartTimerRow(
            id=timer.id,
            process=labels.process(timer.definition_id),
            element=labels.element(timer.definition_id, timer.step),
            state=timer.state,
            due_at=timer.due_at,
            error=reason_in(timer.reason, language) if timer.reason else None,
        )
        for timer in session.scalars(select(StartTimer).order_by(*order).limit(MOST))
    )


def stuck(session: Session) -> tuple[str, ...]:
    """Ids of active cases that wait for nothing: no task, timer, message, job or incident. There should be none."""
    here = ProcessInstance.id
    waits = or_(
        exists().where(UserTask.instance_id == here, UserTask.status == "open"),
        exists().where(Timer.instance_id == here, Timer.state.in_(("armed", "paused"))),
        exists().where(Subscription.instance_id == here),
        exists().where(Job.instance_id == here, Job.state.in_(("waiting", "leased"))),
        exists().where(Incident.instance_id == here, Incident.resolved_at.is_(None)),
    )
    return tuple(session.scalars(select(here).where(ProcessInstance.status == "active", ~waits).order_by(here)))
