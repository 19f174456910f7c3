"""Events: catching (wait, then fire) and throwing."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.gateways import EventGateway
from engine.bpmn.loops import loop_around
from engine.bpmn.steps import Step
from engine.bpmn.tokens import NOTHING, activity_around, all_tokens, cancel, here, is_there, owner_of, put, release


class StartEvent(Step):
    """Where a process or sub-process begins."""


class CatchEvent(Step):
    """An intermediate catch event or receive task (BPMN 2.0.2, 13.5.2)."""

    def _arrive(self, token: Task) -> bool:
        token._set_state(TaskState.WAITING)
        kind = self.element.event.kind
        if kind == "timer":
            here(token).arm(token)
        elif kind == "message":
            here(token).subscribe(token)
        elif kind == "conditional":
            here(token).watch(token)
            self.look(token)
        return False

    def look(self, token: Task) -> None:
        """Fire a conditional event whose condition became true, which it was not before."""
        before = token.internal_data.get("held", False)
        now = here(token).evaluate(token, self.element.event.text) is True
        token.internal_data["held"] = now
        if now and not before:
            self.fire(token)

    def fire(self, token: Task, payload: Mapping[str, Any] = NOTHING) -> None:
        """The event happened and brings a `payload`: go on, and end the competition behind an event-based gateway."""
        gateway = owner_of(token)
        if gateway is not None and isinstance(gateway.task_spec, EventGateway):
            gateway.task_spec.won_by(gateway, token)
        _forget_waiting(token)
        here(token).take(token, payload)
        token._ready()


class BoundaryEvent(CatchEvent):
    """An event on the edge of an activity, interrupting it or not (13.5.3)."""

    def fire(self, token: Task, payload: Mapping[str, Any] = NOTHING, own: Mapping[str, Any] = NOTHING) -> None:
        """Start the branch behind the event; interrupting: in place of the activity.

        `own` (`code` of an error or escalation, `fired` of a timer) is seen in the branch only. So is the payload of a
        non-interrupting event, which may happen again meanwhile; that of an interrupting one is written outward.
        """
        host = token.parent
        branch = host.internal_data.get("branch", "")
        if self.element.interrupting:
            release(token)
            _forget_waiting(token)
            cancel(host)
            started = token
        else:
            started = put(token.workflow, self)
        here(started).branch_off(started, branch, own, payload)
        started._ready()


class ThrowEvent(Step):
    """An intermediate throw event, end event or send task that throws (13.5.4)."""

    def _run_hook(self, my_task: Task) -> bool:
        event = self.element.event
        if event.kind == "message":
            here(my_task).send(my_task)
        elif event.kind == "signal":
            throw_signal(my_task, event.name)
        elif event.kind == "escalation" and not throw(my_task, "escalation", event.name):
            here(my_task).fact("escalation_uncaught", my_task, {"code": event.name})
        elif event.kind == "error" and not throw(my_task, "error", event.name):
            raise uncaught(my_task, event.name)
        return True

    def _on_complete(self, my_task: Task) -> None:
        if self.element.event.kind == "terminate" and is_there(my_task):
            for other in my_task.workflow.task_tree.children:
                if other is not my_task:
                    cancel(other)
        super()._on_complete(my_task)


def throw(token: Task, kind: str, code: str, payload: Mapping[str, Any] = NOTHING) -> bool:
    """Give an error or escalation to the nearest activity around `token` that catches it; specific before catch-all.

    Returns False when nothing does. BPMN 2.0.2, 10.5.6 and 13.5.
    """
    activity = activity_around(token.workflow)
    while activity is not None:
        if catch_at(activity, kind, code, payload):
            return True
        activity = activity_around(activity.workflow)
    return False


def catch_at(activity: Task, kind: str, code: str, payload: Mapping[str, Any] = NOTHING) -> bool:
    """Fire the boundary event of `activity`, or of the loop around it, that catches; False when there is none."""
    host = loop_around(activity) or activity
    events = [child for child in host.children if _catches(child, kind, code)]
    if not events:
        return False
    event = max(events, key=lambda child: bool(child.task_spec.element.event.name))
    event.task_spec.fire(event, payload, {"code": code})
    return True


def fail(token: Task, code: str, variables: Mapping[str, Any]) -> None:
    """The work of `token` ended with an error. Raises ModelFault when nothing in the diagram catches it."""
    if not catch_at(token, "error", code, variables) and not throw(token, "error", code, variables):
        raise uncaught(token, code)


def uncaught(token: Task, code: str) -> Exception:
    """The fault of an error that nothing catches."""
    fault: Exception = token.task_spec.fault("nothing in the diagram catches the error “{code}”", code=code)
    return fault


def throw_signal(token: Task, name: str) -> None:
    """Fire every event of the instance that waits for the signal now (13.5.5)."""
    waiting = [other for other in all_tokens(token.workflow.top_workflow) if _catches(other, "signal", name)]
    for other in waiting:
        if is_there(other) and other.state == TaskState.WAITING:
            other.task_spec.fire(other)


def _catches(token: Task, kind: str, code: str) -> bool:
    """Whether `token` waits for this; an error or escalation without a code catches any."""
    if not isinstance(token.task_spec, CatchEvent) or token.state != TaskState.WAITING:
        return False
    event = token.task_spec.element.event
    return event.kind == kind and (event.name == code or (not event.name and kind != "signal"))


def _forget_waiting(token: Task) -> None:
    """Drop what a token kept while it waited."""
    for name in ("timer", "held", "parked"):
        token.internal_data.pop(name, None)
