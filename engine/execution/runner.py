"""One execution of a process: the only place that runs SpiffWorkflow.

The runner takes one step at a time from the queue of tokens that can move, looks at conditional events after every
write, and stops at its budget. What happened is told as facts; nothing here knows a database.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import state
from engine.applications import WorkResult
from engine.bpmn.events import CatchEvent
from engine.bpmn.gateways import EventGateway, InclusiveGateway
from engine.bpmn.throwing import fail
from engine.bpmn.tokens import NOTHING, all_tokens, begin, cancel, is_there
from engine.errors import BpmnError, Conflict, RedressError, TaskNotActive
from engine.execution import timers
from engine.execution.answers import timer_names
from engine.execution.scopes import get_nested
from engine.execution.standing import Standing, waits_for

#: Steps that one command may take before it is stopped as a loop without a wait.
BUDGET = 10_000

#: For `advance`: nothing is parked.
NOWHERE: Mapping[int, RedressError] = {}


class StepFailed(Exception):
    """Step number `number` of this run, at `element_id`, failed with `error`; the execution must be thrown away."""

    def __init__(self, number: int, element_id: str, error: RedressError) -> None:
        self.number, self.element_id, self.error = number, element_id, error
        super().__init__(f"step {number} at {element_id}: {error.message}")


class Execution(Standing):
    """Tokens and variables of one instance, loaded or just begun."""

    # --- begin, load, dump

    def begin(self, values: Mapping[str, Any], start: str = "") -> None:
        """Begin at the step `start`, whose event happened, or where the process begins, with `values` written."""
        for name, value in values.items():
            self.write(None, name, value)
        gateway = self._gateway_before(start)
        begin(self.top, gateway or start)
        for token in self.todo:
            if gateway and token.task_spec.name == gateway:
                token.internal_data["happened"] = start
            elif token.task_spec.name == start and isinstance(token.task_spec, CatchEvent):
                token.internal_data["happened"] = True

    def load(self, data: bytes) -> "Execution":
        """Take up a dumped state, before anything else is done here. Raises StateUnreadable."""
        stored = state.load(data)
        self._done, self.ended_by = stored.get("done", {}), stored.get("ended_by", "")
        self.scopes, self._calls, self.branches = stored["scopes"], stored["calls"], stored["n"]
        state.restore(self.top, stored["flows"], self.inside_of)
        for token in self.waiting("conditional"):
            self.watch(token)
        return self

    def dump(self) -> bytes:
        """The state as bytes, once `advance` has come to its end."""
        self.drop_unused(list(all_tokens(self.top)))
        kept: dict[str, Any] = {"scopes": self.scopes, "calls": self._calls, "n": self.branches}
        if self._done:
            kept["done"] = self._done
        if self.ended_by:
            kept["ended_by"] = self.ended_by
        return state.dump(self.top, kept)

    # --- what people, jobs, timers and messages do; `advance` follows

    def complete(self, token_id: str, values: Mapping[str, Any]) -> None:
        """A person completes a task with typed `values`. Raises TaskNotActive."""
        token = self.token(token_id)
        if token is None or waits_for(token) != "task":
            raise TaskNotActive(what_happened="it was completed or withdrawn")
        self._finish(token, values)
        self.fact("task_completed", token)

    def finish_work(self, token_id: str, result: Mapping[str, Any] | WorkResult) -> bool:
        """A job's work is done. False when its token is gone."""
        token = self.token(token_id)
        if token is None or waits_for(token) != "work":
            return False
        if isinstance(result, WorkResult):
            for made in result.decided:
                self.applied(token, made)
            result = result.values
        self._finish(token, result)
        return True

    def fail_work(self, token_id: str, error: BpmnError) -> bool:
        """A job reported a BPMN error: a boundary event takes it. False when its token is gone.

        Raises ModelFault when nothing in the diagram catches the error.
        """
        token = self.token(token_id)
        if token is None or waits_for(token) != "work":
            return False
        fail(token, error.code, error.variables)
        return True

    def fire(self, token_id: str) -> bool:
        """Fire the timer at `token_id` if it is due. False when it is gone, paused or not due any more."""
        token = self.token(token_id)
        if token is None or waits_for(token) != "timer":
            return False
        timer = token.internal_data["timer"]
        if timer["due"] is None or timer["due"] > self.now:
            return False
        own, after = timers.fired(timer)
        moments = {"armed_at": timer["armed"].isoformat(), "due_at": timer["due"].isoformat()}
        self.fact("timer_fired", token, moments | _key(own))
        token.task_spec.fire(token, own=own)
        if is_there(token) and token.state == TaskState.WAITING:
            self.set_timer(token, after)
        else:
            self.timers_set[token_id] = None
        return True

    def deliver_message(self, token_id: str, payload: Mapping[str, Any]) -> bool:
        """Give a message to the token that waits for it. False when it is gone."""
        token = self.token(token_id)
        if token is None or waits_for(token) != "message":
            return False
        self.fact("message_caught", token, {"name": token.task_spec.element.event.name})
        token.task_spec.fire(token, payload)
        if not is_there(token) or token.state != TaskState.WAITING:
            self.gone[token_id] = "caught"
        return True

    def deliver_signal(self, token_id: str, payload: Mapping[str, Any] = NOTHING) -> bool:
        """Let the token that waits for a signal go on, with what the signal carries. False when it is gone."""
        token = self.token(token_id)
        if token is None or waits_for(token) != "signal":
            return False
        token.task_spec.fire(token, payload)
        return True

    def unpark(self, token_id: str) -> bool:
        """Let a parked token try its step again. False when it is gone."""
        token = self.token(token_id)
        if token is None or not token.internal_data.pop("parked", False):
            return False
        self.queue(token)
        return True

    def set_variables(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Set instance variables (an admin's repair); returns what they were."""
        reading = self.reading(None)
        before = {name: get_nested(reading, name) for name in values}
        for name, value in values.items():
            self.write(None, name, value)
        return before

    def cancel_all(self) -> None:
        """Take away every token: the instance ends, at no end event."""
        self.ended_by = ""
        for token in self.top.task_tree.children:
            cancel(token)

    def clocks_changed(self, names: set[str]) -> None:
        """Evaluate again every waiting timer that reads one of the record paths `names`, which begin with its name.

        A timer that cannot be evaluated is parked.
        """
        self.written = True
        for token in self.waiting("timer"):
            if "parked" in token.internal_data or not _touches(names, timer_names(token)):
                continue
            try:
                self.arm(token)
            except RedressError as error:
                self._park(token, error)

    # --- running

    def advance(self, park_at: Mapping[int, RedressError] = NOWHERE) -> None:
        """Run until every token waits. A step whose number is in `park_at` is parked instead of run, for that reason.

        Raises StepFailed for a step that cannot run and at the end of the budget, and Conflict.
        """
        while self._can_go_on():
            token = self.todo.popleft()
            if not is_there(token) or "parked" in token.internal_data:
                continue
            self._steps += 1
            if self._steps in park_at:
                self._park(token, park_at[self._steps])
                continue
            try:
                self._step(token)
            except Conflict:
                raise
            except RedressError as error:
                raise StepFailed(self._steps, token.task_spec.element.id, error) from error

    def _can_go_on(self) -> bool:
        if self.written:
            self.written = False
            self._watched = [token for token in self._watched if is_there(token) and token.state == TaskState.WAITING]
            self.todo.extendleft(reversed(self._watched))
        return bool(self.todo) or self._release_joins()

    def _step(self, token: Task) -> None:
        step = token.task_spec
        if self._steps > BUDGET:
            raise step.fault("the diagram runs in a circle without waiting; it was stopped")
        if token.state == TaskState.FUTURE:
            step._update(token)
        elif token.state == TaskState.READY:
            token.run()
        elif token.state == TaskState.STARTED:
            token.complete()
        elif step.element.event.kind == "timer":
            self.arm(token)
        else:
            step.look(token)

    def _release_joins(self) -> bool:
        """Let one gateway go on that waits until nothing else can move; False when none does."""
        for token in list(all_tokens(self.top)):
            step = token.task_spec
            if isinstance(step, InclusiveGateway) and is_there(token) and step.may_go(token):
                token._ready()
            if self.todo:
                return True
        return False

    def _gateway_before(self, start: str) -> str:
        """The gateway that waits for the event `start` and others, all of which begin the instance together."""
        specs = self.process.spec.task_specs
        before = [specs[name] for name in specs[start].before] if start else []
        return next(
            (
                step.name
                for step in before
                if isinstance(step, EventGateway) and step.element.gate.event_type == "Parallel"
            ),
            "",
        )

    def _finish(self, token: Task, values: Mapping[str, Any]) -> None:
        self.take(token, values)
        token.internal_data["done"] = True
        self.queue(token)

    def _park(self, token: Task, why: RedressError) -> None:
        token.internal_data["parked"] = True
        self.parked[token.id] = (token.task_spec.element.id, why)


def _touches(changed: set[str], read: tuple[str, ...]) -> bool:
    """Whether one of the paths `read` is among those `changed`, around one or inside one."""
    pairs = [(f"{name}.", f"{path}.") for name in changed for path in read]
    return any(name.startswith(path) or path.startswith(name) for name, path in pairs)


def _key(own: Mapping[str, Any]) -> dict[str, str]:
    """What a firing says of itself in history, without its moment: a key or mark."""
    return {name: str(value) for name, value in own["fired"].items() if name != "at"}
