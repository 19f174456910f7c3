"""Starting cases, ending and repairing them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine import access, projections
from engine.applications import Application
from engine.bpmn.model import Process
from engine.commands.opened import reason as given_reason
from engine.commands.submitted import Submitted, keep_files
from engine.definitions import Library
from engine.errors import AlreadyDone, NotAllowed, NotFound, NotStartedByHand
from engine.history import Line
from engine.identity import CONSUMER, Actor
from engine.models import Incident, Job, ProcessDefinition, StartTimer, Timer
from engine.site import Site
from engine.transition import Move, Opening, Parks, carry_out, lock, move, start

#: A process property: consumers start it without logging in.
PUBLIC = "public"


def start_instance(
    site: Site, process_key: str, submitted: Submitted, *, actor: Actor, now: datetime, key: str | None = None
) -> dict[str, Any]:
    """Start the active version of a process with its start form; returns `instance_id`, `business_key`, `subject_id`.

    Raises NotFound, NotAllowed, InvalidForm, FileRefused; with a used idempotency `key` the first result is given.
    """
    files = submitted.stored_files(site, strip=submitted.strip or actor is CONSUMER)

    def attempt(session: Session, parks: Parks) -> dict[str, Any]:
        definition_id, model, process = Library(session).by_key(process_key)
        definition = session.get_one(ProcessDefinition, definition_id)  # held: `start` needs not ask for it again
        application = site.applications[definition.application]
        _check_start(actor, application, process)
        values = submitted.answers(model.form(process.start_form), {}, application.functions)
        instance = start(site, session, Opening(definition_id, values), actor=actor, now=now, park_at=parks)
        keep_files(site, session, instance, files, actor, now)
        return {
            "instance_id": instance.id,
            "business_key": instance.business_key,
            "subject_id": instance.subject_id,
        }

    return carry_out(site, attempt, key=key, name="start_instance")


def cancel_instance(site: Site, instance_id: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """End a case from outside its diagram. Raises NotFound, NotAllowed, InvalidInput, InstanceEnded."""
    _may_operate(actor)
    why = given_reason(reason)

    def act(step: Move) -> None:
        step.execution.cancel_all()
        step.instance.status = "cancelled"
        step.lines.append(Line("instance_cancelled", "", {}, {"reason": why}))

    _repair(site, instance_id, act, actor, now)


def set_variables(
    site: Site, instance_id: str, values: Mapping[str, Any], reason: str, *, actor: Actor, now: datetime
) -> None:
    """Repair the variables of a case; history keeps what they were.

    Raises NotFound, NotAllowed, InvalidInput, InstanceEnded.
    """
    _may_operate(actor)
    why = given_reason(reason)

    def act(step: Move) -> None:
        before = step.execution.set_variables(values)
        changed = {"before": before, "after": dict(values), "reason": why}
        step.lines.append(Line("variables_set", "", {"names": sorted(values)}, changed))

    _repair(site, instance_id, act, actor, now)


def retry_job(site: Site, incident_id: int, *, actor: Actor, now: datetime) -> None:
    """Let what stands still behind an incident try again; external work gets its inputs anew, as the case stands now.

    Raises NotFound, NotAllowed, AlreadyDone, InstanceEnded, and ModelFault when an input cannot be calculated.
    """
    _may_operate(actor)
    with site.database.reading() as session:
        instance_id = session.scalar(select(Incident.instance_id).where(Incident.id == incident_id))
    if instance_id is None:
        raise NotFound

    def act(step: Move) -> None:
        incident = step.session.get_one(Incident, incident_id)
        if incident.resolved_at is not None:
            raise AlreadyDone
        _again(step, incident)
        incident.resolved_at, incident.resolved_by = now, actor.id
        step.lines.append(Line("incident_retried", incident.element_id, {"kind": incident.kind}))

    _repair(site, instance_id, act, actor, now)


def retry_start(site: Site, start_timer_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a timer start event that failed try again now. Raises NotFound, NotAllowed, AlreadyDone."""
    _may_operate(actor)

    def attempt(session: Session, _parks: Parks) -> None:
        timer = session.get(StartTimer, start_timer_id, with_for_update=True)
        if timer is None:
            raise NotFound
        if timer.state != "failed":
            raise AlreadyDone
        timer.state, timer.reason, timer.due_at = "armed", None, now

    carry_out(site, attempt)


def _again(step: Move, incident: Incident) -> None:
    if incident.timer_id is not None:
        halted = update(Timer).where(Timer.id == incident.timer_id, Timer.state == "failed")
        step.session.execute(halted.values(state="armed"))
        return
    job = step.session.get_one(Job, incident.job_id)
    if job.kind == "continue":
        step.execution.unpark(job.token_id)
        job.state, job.finished_at = "done", step.now
    else:
        _renew_inputs(step, job)
        job.state, job.attempts, job.due_at, job.finished_at = "waiting", 0, step.now, None
    job.version += 1


def _renew_inputs(step: Move, job: Job) -> None:
    """Give `job` what its step reads now: a repaired variable has to reach the work."""
    work = step.execution.open_work(job.token_id)
    if work is not None:
        payload, place = projections.work_payload(work), projections.payload_place(job.id)
        job.sealed_payload = step.vault.seal_json(step.session, step.instance.subject_id, payload, place)


def _repair(site: Site, instance_id: str, act: Callable[[Move], None], actor: Actor, now: datetime) -> None:
    """One repair in one transaction; repairs fire no timers."""

    def attempt(session: Session, parks: Parks) -> None:
        move(site, session, lock(session, instance_id), act, actor=actor, now=now, park_at=parks)

    carry_out(site, attempt)


def _check_start(actor: Actor, application: Application, process: Process) -> None:
    if not process.starts.by_person:
        raise NotStartedByHand(process=process.name or process.key)
    if actor is CONSUMER and process.properties.get(PUBLIC) == "true":
        return
    if not access.may_start(actor, application, process.starter_groups):
        raise NotAllowed


def _may_operate(actor: Actor) -> None:
    if not access.may_operate(actor):
        raise NotAllowed
