"""Catching events: a token waits, then something happens and it goes on (BPMN 2.0.2, 13.5.2 and 13.5.3)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.gateways import EventGateway
from engine.bpmn.steps import Step
from engine.bpmn.tokens import NOTHING, cancel, discard, here, is_there, owner_of, put, release


class StartEvent(Step):
    """Where a process or sub-process begins: what happened lies behind it."""


class CatchEvent(Step):
    """An intermediate catch event or receive task."""

    def __init__(self, process: Any, name: str, element: Any) -> None:
        super().__init__(process, name, element)
        #: names of the steps that wait for one event each, where there are several
        self.parts: list[str] = []

    def _arrive(self, token: Task) -> bool:
        if token.internal_data.pop("happened", False):
            return True
        token._set_state(TaskState.WAITING)
        kind = self.element.event.kind
        if kind == "timer":
            here(token).arm(token)
        elif kind in {"message", "signal"}:
            here(token).subscribe(token)
        elif kind == "conditional":
            here(token).watch(token)
            self.look(token)
        for name in self.parts:
            if is_there(token):
                part = put(token.workflow, self._wf_spec.task_specs[name], parent=token)
                part.task_spec._update(part)
        return False

    def look(self, token: Task) -> None:
        """Fire a conditional event whose condition became true, which it was not before."""
        before = token.internal_data.get("held", False)
        now = here(token).evaluate(token, self.element.event.text) is True
        token.internal_data["held"] = now
        if now and not before:
            self.fire(token)

    def fire(self, token: Task, payload: Mapping[str, Any] = NOTHING, own: Mapping[str, Any] = NOTHING) -> None:  # noqa: ARG002
        """The event happened and brings a `payload`: go on, and end the competition behind an event-based gateway.

        `own` is what the event says of itself: `code` of an error or escalation, `fired` of a timer.
        """
        gateway = owner_of(token)
        if gateway is not None and isinstance(gateway.task_spec, EventGateway):
            gateway.task_spec.won_by(gateway, token)
        forget_waiting(token)
        here(token).take(token, payload)
        token._ready()


class PartEvent(CatchEvent):
    """One of several events that an event waits for: any of them, or all (Multiple and Parallel Multiple, 10.5.5)."""

    def fire(self, token: Task, payload: Mapping[str, Any] = NOTHING, own: Mapping[str, Any] = NOTHING) -> None:
        """Let the whole event happen, unless it waits for others as well."""
        whole = token.parent
        if not self.element.parallel_multiple:
            whole.task_spec.fire(whole, payload, own)
            return
        here(whole).take(whole, payload)
        if len(whole.children) > 1:
            here(token).cancelled(token)
            discard(token)
        else:
            whole.task_spec.fire(whole, NOTHING, own)


class BoundaryEvent(CatchEvent):
    """An event on the edge of an activity, interrupting it or not."""

    def fire(self, token: Task, payload: Mapping[str, Any] = NOTHING, own: Mapping[str, Any] = NOTHING) -> None:
        """Start the branch behind the event; interrupting: in place of the activity.

        `own` is seen in the branch only. So is the payload of a non-interrupting event, which may happen again
        meanwhile; that of an interrupting one is written outward.
        """
        host = token.parent
        branch = host.internal_data.get("branch", "")
        if self.element.interrupting:
            release(token)
            forget_waiting(token)
            cancel(host)
            started = token
        else:
            started = put(token.workflow, self)
        here(started).branch_off(started, branch, own, payload)
        started._ready()


class Listener(CatchEvent):
    """The start event of an event sub-process: waits as long as the scope around that is open (13.3.4, 13.5.4)."""

    keeps_open = False
    #: name of the event sub-process
    begins = ""

    def fire(self, token: Task, payload: Mapping[str, Any] = NOTHING, own: Mapping[str, Any] = NOTHING) -> None:
        """Begin the event sub-process; interrupting: in place of everything else in the scope.

        The payload of an interrupting one is written outward, but for the names that the sub-process has for itself.
        """
        workflow = token.workflow
        started = put(workflow, self._wf_spec.task_specs[self.begins])
        if self.element.interrupting:
            for other in workflow.task_tree.children:
                if other is not started:
                    cancel(other)
        is_outward = self.element.interrupting and not self.element.outputs
        names = started.task_spec.element.inputs
        local = {**own, **{name: value for name, value in payload.items() if not is_outward or name in names}}
        if local:
            here(started).open_scope(started, local)
        if is_outward:
            here(started).take(started, payload)
        here(started).queue(started)


def catches(token: Task, kind: str, name: str) -> bool:
    """Whether `token` waits for this event now; an error or escalation without a code is any."""
    if not isinstance(token.task_spec, CatchEvent) or token.state != TaskState.WAITING:
        return False
    event = token.task_spec.element.event
    return event.kind == kind and (event.name == name or (not event.name and kind != "signal"))


def with_parts(tokens: Iterable[Task]) -> Iterator[Task]:
    """`tokens`, each before its parts where it waits for several events."""
    for token in tokens:
        yield token
        yield from (part for part in token.children if isinstance(part.task_spec, PartEvent))


def forget_waiting(token: Task) -> None:
    """Drop what a token kept while it waited."""
    for name in ("timer", "held", "parked"):
        token.internal_data.pop(name, None)
    for part in token.children:
        if isinstance(part.task_spec, PartEvent):
            cancel(part)
