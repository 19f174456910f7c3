"""Events: catching (wait, then fire) and throwing."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.gateways import EventGateway
from engine.bpmn.steps import Repeat, Step
from engine.bpmn.tokens import all_tokens, cancel, discard, here, is_there, owner_of, put, settle


class CatchEvent(Step):
    """An intermediate catch event or receive task (BPMN 2.0.2, 13.5.2)."""

    def _arrive(self, token: Task) -> bool:
        token._set_state(TaskState.WAITING)
        kind = self.element.event.kind
        if kind == "timer":
            here(token).arm(token)
        elif kind == "message":
            here(token).subscribe(token)
        elif kind == "conditional" and self.holds(token):
            self.fire(token, {})
        return False

    def holds(self, token: Task) -> bool:
        """Whether the condition of a conditional event became true (it was not before)."""
        before = token.internal_data.get("held", False)
        now = here(token).evaluate(token, self.element.event.text) is True
        token.internal_data["held"] = now
        return now and not before

    def fire(self, token: Task, payload: Mapping[str, Any]) -> None:
        """The event happened: go on, and end the competition where an event-based gateway waits."""
        here(token).deliver(token, payload)
        gateway = token.parent
        if not isinstance(gateway.task_spec, EventGateway):
            token._ready()
            return
        via, branch = token.internal_data.get("via", ""), token.internal_data.get("branch", "")
        gateway.task_spec.won(gateway, via)
        winner = put(token.workflow, self, branch=branch, via=via)
        cancel(gateway)
        winner._ready()


class BoundaryEvent(CatchEvent):
    """An event on the edge of an activity, interrupting it or not (13.5.3)."""

    def fire(self, token: Task, payload: Mapping[str, Any]) -> None:
        """Start the branch behind the event; interrupting: in place of the activity."""
        host = token.parent
        branch = here(token).open_branch(host, payload)
        started = put(token.workflow, self, branch=branch)
        if self.element.interrupting:
            cancel(host)
        started._ready()


class ThrowEvent(Step):
    """An intermediate throw event, end event or send task that throws (13.5.4)."""

    def _run_hook(self, my_task: Task) -> bool:
        event = self.element.event
        if event.kind == "message":
            here(my_task).send(my_task, event.name)
        elif event.kind == "signal":
            throw_signal(my_task, event.name)
        elif event.kind == "escalation" and not throw(my_task, "escalation", event.name):
            here(my_task).fact("escalation_uncaught", my_task, {"code": event.name})
        elif event.kind == "error" and not throw(my_task, "error", event.name):
            raise self.fault("nothing in the diagram catches the error “{code}”", code=event.name)
        return True

    def _on_complete(self, my_task: Task) -> None:
        if self.element.event.kind == "terminate" and is_there(my_task):
            for other in my_task.workflow.task_tree.children:
                if other is not my_task:
                    cancel(other)
        super()._on_complete(my_task)


class StartEvent(Step):
    """Where a process or sub-process begins."""


def throw(token: Task, kind: str, code: str) -> bool:
    """Give an error or escalation to the nearest activity around `token` that catches it; specific before catch-all.

    Returns False when nothing does. BPMN 2.0.2, 10.5.6 and 13.5.
    """
    workflow = token.workflow
    while (owner := owner_of(workflow)) is not None:
        if catch_at(owner, kind, code):
            return True
        workflow = owner.workflow
    return False


def catch_at(activity: Task, kind: str, code: str) -> bool:
    """Fire the boundary event of `activity` (or of the loop it is an item of) that catches; False when there is none."""
    host = activity.parent if isinstance(activity.parent.task_spec, Repeat) else activity
    events = [
        child
        for child in host.children
        if isinstance(child.task_spec, BoundaryEvent)
        and child.task_spec.element.event.kind == kind
        and child.task_spec.element.event.name in {code, ""}
    ]
    if not events:
        return False
    event = max(events, key=lambda child: bool(child.task_spec.element.event.name))
    event.task_spec.fire(event, {"code": code})
    return True


def throw_signal(token: Task, name: str) -> None:
    """Fire every event of the instance that waits for the signal now (13.5.5)."""
    top = token.workflow.top_workflow
    waiting = [
        other
        for other in all_tokens(top)
        if isinstance(other.task_spec, CatchEvent)
        and other.state == TaskState.WAITING
        and other.task_spec.element.event.kind == "signal"
        and other.task_spec.element.event.name == name
    ]
    for other in waiting:
        if is_there(other):
            other.task_spec.fire(other, {})


def end_timer(token: Task) -> None:
    """Take away the token of a non-interrupting timer that has fired for the last time."""
    workflow = token.workflow
    discard(token)
    settle(workflow)
