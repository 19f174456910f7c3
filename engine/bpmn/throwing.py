"""Throwing events, and how far what they throw reaches (BPMN 2.0.2, 10.5.7 and 13.5)."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Event
from engine.bpmn.events import catches, with_parts
from engine.bpmn.steps import Step
from engine.bpmn.tokens import NOTHING, activity_around, all_tokens, cancel, here, is_there, loop_around


class ThrowEvent(Step):
    """An intermediate throw event, end event or send task that throws."""

    def _run_hook(self, my_task: Task) -> bool | None:
        for event in self.element.events:
            if is_there(my_task):
                throw_event(my_task, event)
        return True

    def _on_complete(self, my_task: Task) -> None:
        if is_there(my_task) and any(event.kind == "terminate" for event in self.element.events):
            for other in my_task.workflow.task_tree.children:
                if other is not my_task:
                    cancel(other)
        super()._on_complete(my_task)


def throw_event(token: Task, event: Event) -> None:
    """Throw one event from where `token` stands."""
    match event.kind:
        case "message":
            here(token).send(token, event)
        case "signal":
            throw_signal(token, event.name)
        case "escalation":
            if not throw(token, "escalation", event.name):
                here(token).fact("escalation_uncaught", token, {"code": event.name})
        case "error":
            if not throw(token, "error", event.name):
                end_with_error(token, event.name)


def throw(token: Task, kind: str, code: str, payload: Mapping[str, Any] = NOTHING) -> bool:
    """Give an error or escalation to the nearest scope around `token` that catches it; False when none does.

    In each scope its event sub-processes are asked before the edge of its activity, and a specific code comes before
    none (BPMN 2.0.2, 10.5.1 and 13.5.3). What a loop throws, its own edge may catch.
    """
    if token.task_spec.repeats and catch_at(token, kind, code, payload):
        return True
    workflow = token.workflow
    while True:
        listeners = [other for other in workflow.task_tree.children if not other.task_spec.keeps_open]
        if _fire_first(listeners, kind, code, payload):
            return True
        activity = activity_around(workflow)
        if activity is None:
            return False
        if catch_at(activity, kind, code, payload):
            return True
        workflow = activity.workflow


def catch_at(activity: Task, kind: str, code: str, payload: Mapping[str, Any] = NOTHING) -> bool:
    """Fire the boundary event of `activity`, or of the loop around it, that catches; False when there is none."""
    host = loop_around(activity) or activity
    return _fire_first(host.children, kind, code, payload)


def fail(token: Task, code: str, variables: Mapping[str, Any]) -> None:
    """The work of `token` ended with an error. Raises ModelFault when nothing in the diagram catches it."""
    if not catch_at(token, "error", code, variables) and not throw(token, "error", code, variables):
        fault: Exception = token.task_spec.fault("nothing in the diagram catches the error “{code}”", code=code)
        raise fault


def end_with_error(token: Task, code: str) -> None:
    """Nothing catches the error of an end event: the whole instance ends with it."""
    here(token).fact("error_uncaught", token, {"code": code})
    here(token).ended(token)
    for other in token.workflow.top_workflow.task_tree.children:
        if other is not token:
            cancel(other)


def throw_signal(token: Task, name: str) -> None:
    """Fire every event of the instance that waits for the signal now, and let other instances hear it (10.5.1)."""
    waiting = [other for other in all_tokens(token.workflow.top_workflow) if catches(other, "signal", name)]
    payload = here(token).broadcast(token, name)
    for other in waiting:
        if is_there(other) and other.state == TaskState.WAITING:
            other.task_spec.fire(other, payload)


def _fire_first(tokens: list[Task], kind: str, code: str, payload: Mapping[str, Any]) -> bool:
    found = [token for token in with_parts(tokens) if catches(token, kind, code)]
    if not found:
        return False
    event = max(found, key=lambda each: bool(each.task_spec.element.event.name))
    event.task_spec.fire(event, payload, {"code": code})
    return True
