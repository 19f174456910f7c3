"""One execution of a process: the only place that runs SpiffWorkflow.

The runner takes one step at a time from the queue of tokens that can move, looks at conditional events after every write,
and stops at its budget. What happened is told as facts; nothing here knows a database.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import state
from engine.applications import PathType, Record
from engine.bpmn.elements import Element, Flow
from engine.bpmn.events import BoundaryEvent, CatchEvent, catch_at, end_timer, throw
from engine.bpmn.expressions import is_iso, parsed
from engine.bpmn.gateways import InclusiveGateway
from engine.bpmn.model import Model, Process
from engine.bpmn.steps import CallStep, ExternalStep, ManualStep, Step
from engine.bpmn.tokens import all_tokens, cancel, is_there, put
from engine.errors import BpmnError, Conflict, ModelFault, RedressError, TaskNotActive
from engine.execution import timers
from engine.execution.decisions import result_of
from engine.execution.facts import Fact, MessageThrown, Subscribed, TaskOpened, TimerSet, WorkRequested
from engine.execution.variables import Variables

#: Steps that one command may take before it is stopped as a loop without a wait.
BUDGET = 10_000

#: Elements whose entering is worth a line of history.
_ENTERED = {"subProcess", "callActivity", "userTask", "manualTask", "serviceTask", "receiveTask"}


class Library(Protocol):
    """Where called processes come from."""

    def by_key(self, key: str) -> tuple[int, Model, Process]:
        """Definition id, model and process of the active version of `key`; raises NotFound."""

    def by_id(self, definition_id: int) -> tuple[int, Model, Process]:
        """The same for one definition."""


class StepFailed(Exception):
    """Step number `number` of this run, at `element_id`, failed with `error`; the execution must be thrown away."""

    def __init__(self, number: int, element_id: str, error: RedressError) -> None:
        self.number, self.element_id, self.error = number, element_id, error
        super().__init__(f"step {number} at {element_id}: {error.message}")


class Execution(Variables):
    """Tokens and variables of one instance, loaded or just begun."""

    def __init__(
        self,
        definition_id: int,
        library: Library,
        *,
        now: datetime,
        functions: Mapping[str, Callable[..., Any]] | None = None,
        record: Record | None = None,
        record_name: str = "",
        paths: Mapping[str, PathType] | None = None,
    ) -> None:
        super().__init__(functions or {}, record, record_name, paths)
        self.definition_id = definition_id
        self.now = now
        self.facts: list[Fact | TaskOpened | WorkRequested | Subscribed | MessageThrown] = []
        #: token id → the timer as it stands, None when it is gone
        self.timers_set: dict[str, TimerSet | None] = {}
        #: ids of tokens that left or were taken away: their tasks, jobs and subscriptions are over
        self.gone: dict[str, str] = {}
        #: steps that were parked in this run: token id → (element id, error)
        self.parked: dict[str, tuple[str, RedressError | None]] = {}
        self.ended_by = ""
        self.todo: deque[Task] = deque()
        self._library = library
        self._calls: dict[str, int] = {}
        self._steps = 0
        _, self.model, self.process = library.by_id(definition_id)
        self._top = BpmnWorkflow(self.process.spec, script_engine=self, deserializing=True)
        self._top.task_tree = Task(self._top, self.process.spec.start, state=TaskState.COMPLETED)

    # --- begin, load, dump

    def begin(self, values: Mapping[str, Any], start: str = "") -> None:
        """Place the first token at the start event `start`, or the none start event, with `values` written."""
        for name, value in values.items():
            self.write(None, name, value)
        spec = self.process.spec
        self.todo.append(put(self._top, spec.task_specs[start or spec.first]))

    def load(self, data: bytes) -> "Execution":
        """Take up a dumped state. Raises StateUnreadable."""
        stored = state.load(data)
        self.scopes, self.roots = stored["scopes"], set(stored["roots"])
        self._calls, self.branches = stored["calls"], stored["n"]
        self._top.tasks.clear()
        state.restore(self._top, stored, self._inner_spec)
        return self

    def dump(self) -> bytes:
        """The state as bytes."""
        self.drop_unused(all_tokens(self._top))
        return state.dump(self._top, self.scopes, self.roots, self._calls, self.branches)

    # --- what people, jobs, timers and messages do; `advance` follows

    def complete(self, token_id: str, values: Mapping[str, Any]) -> None:
        """A person completes a task with typed `values`. Raises TaskNotActive."""
        token = self._token(token_id)
        if token is None or token.state != TaskState.READY or not token.task_spec.manual or "done" in token.internal_data:
            raise TaskNotActive(what_happened="it was completed or withdrawn")
        if token.task_spec.element.outputs:
            self.open_scope(token, values)
        else:
            for name, value in values.items():
                self.write(token, name, value)
        token.internal_data["done"] = True
        self.fact("task_completed", token)
        self.todo.append(token)

    def finish_work(self, token_id: str, result: Mapping[str, Any]) -> bool:
        """A job's work is done. False when its token is gone."""
        token = self._token(token_id)
        if token is None or token.state != TaskState.STARTED or not isinstance(token.task_spec, ExternalStep):
            return False
        if token.task_spec.element.outputs:
            self.open_scope(token, result)
        else:
            for name, value in result.items():
                self.write(token, name, value)
        self._pass_on(token)
        return True

    def fail_work(self, token_id: str, error: BpmnError) -> bool:
        """A job reported a BPMN error: a boundary event takes it. False when its token is gone.

        Raises ModelFault when nothing in the diagram catches the error.
        """
        token = self._token(token_id)
        if token is None:
            return False
        for name, value in error.variables.items():
            self.write(token, name, value)
        if not catch_at(token, "error", error.code) and not throw(token, "error", error.code):
            raise token.task_spec.fault("nothing in the diagram catches the error “{code}”", code=error.code)
        return True

    def fire(self, token_id: str) -> bool:
        """Fire the timer at `token_id` if it is due. False when it is gone, paused or not due any more."""
        token = self._token(token_id)
        timer = token.internal_data.get("timer") if token is not None else None
        if token is None or timer is None or timer["due"] is None or timer["due"] > self.now:
            return False
        payload, after = timers.fired(timer)
        self.fact("timer_fired", token, {"due_at": timer["due"].isoformat()} | _plain(payload["fired"]))
        token.task_spec.fire(token, payload if isinstance(token.task_spec, BoundaryEvent) else {})
        if is_there(token) and isinstance(token.task_spec, BoundaryEvent):
            self._set_timer(token, after)
        elif not is_there(token) or token.state != TaskState.WAITING:
            self.timers_set[token_id] = None
        return True

    def deliver_message(self, token_id: str, payload: Mapping[str, Any]) -> bool:
        """Give a message to the token that waits for it. False when it is gone."""
        token = self._token(token_id)
        if token is None or token.state != TaskState.WAITING:
            return False
        self.fact("message_caught", token, {"name": token.task_spec.element.event.name})
        token.task_spec.fire(token, payload)
        if is_there(token) and token.state == TaskState.WAITING:
            return True  # a non-interrupting boundary event waits for the next message
        self.gone[token_id] = "caught"
        return True

    def unpark(self, token_id: str) -> bool:
        """Let a parked token try its step again. False when it is gone."""
        token = self._token(token_id)
        if token is None or not token.internal_data.pop("parked", False):
            return False
        self.todo.append(token)
        return True

    def set_variables(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Set instance variables (an admin's repair); returns what they were."""
        before = {name: self.scopes[""].get(name) for name in values}
        for name, value in values.items():
            self.write(None, name, value)
        return before

    def cancel_all(self) -> None:
        """Take away every token: the instance ends."""
        for token in self._top.task_tree.children:
            cancel(token)

    # --- running

    def advance(self, park_at: Iterable[int] = ()) -> None:
        """Run until every token waits. The steps numbered in `park_at` are parked instead of run.

        Raises StepFailed for a step that cannot run, and ModelFault at the end of the budget.
        """
        stops = set(park_at)
        while True:
            if self.written:
                self._look_at_conditions()
            if not self.todo and not self._release_inclusive():
                return
            token = self.todo.popleft()
            if not is_there(token) or "parked" in token.internal_data:
                continue
            self._steps += 1
            element = token.task_spec.element
            if self._steps in stops:
                token.internal_data["parked"] = True
                self.parked[str(token.id)] = (element.id, None)
                continue
            if self._steps > BUDGET:
                error = token.task_spec.fault("the diagram runs in a circle without waiting; it was stopped")
                raise StepFailed(self._steps, element.id, error)
            try:
                self._step(token)
            except Conflict:
                raise
            except RedressError as error:
                raise StepFailed(self._steps, element.id, error) from error

    def clocks_changed(self, names: set[str]) -> None:
        """Evaluate again every waiting timer that reads one of the record paths `names`, written with the record's name."""
        for token in all_tokens(self._top):
            timer = token.internal_data.get("timer")
            if timer is None or token.state != TaskState.WAITING:
                continue
            event = token.task_spec.element.event
            read = _names(event.text)
            if any(name == path or name.startswith(path + ".") or path.startswith(name + ".") for name in names for path in read):
                value = self.evaluate(token, event.text)
                self._set_timer(token, timers.evaluated_again(timer, event.timer, value, self.now))

    @property
    def is_ended(self) -> bool:
        """Whether no token is left."""
        return not self._top.task_tree.children

    def _step(self, token: Task) -> None:
        if token.state == TaskState.FUTURE:
            token.task_spec._update(token)
        elif token.state == TaskState.READY:
            token.run()
        elif "passed" in token.internal_data:
            token.complete()

    def _pass_on(self, token: Task) -> None:
        token.internal_data["passed"] = True
        self.todo.append(token)

    def _look_at_conditions(self) -> None:
        self.written = False
        for token in all_tokens(self._top):
            step = token.task_spec
            if (
                isinstance(step, CatchEvent)
                and step.element.event.kind == "conditional"
                and is_there(token)
                and token.state == TaskState.WAITING
                and step.holds(token)
            ):
                step.fire(token, {})

    def _release_inclusive(self) -> bool:
        for token in all_tokens(self._top):
            step = token.task_spec
            if isinstance(step, InclusiveGateway) and token.state == TaskState.WAITING and step.may_go(token):
                token._ready()
                return True
        return False

    # --- what the steps ask (engine.bpmn.tokens.Surroundings)

    def entered(self, token: Task) -> None:
        """Open the scope of input mappings, tell of the entering, and offer a manual step to people."""
        element = token.task_spec.element
        if element.inputs and not isinstance(token.task_spec, ExternalStep):
            self.open_scope(token, {name: self.value(token, text) for name, text in element.inputs.items()})
        if element.tag in _ENTERED:
            self.fact("entered", token)
        if isinstance(token.task_spec, ManualStep):
            self.facts.append(self._offer(token, element))

    def left(self, token: Task) -> None:
        """Write the output mapping outward, close the scope, and tell that the element is done."""
        element = token.task_spec.element
        results = {name: self.value(token, text) for name, text in element.outputs.items()}
        self.close_scope(token)
        for name, value in results.items():
            self.write(token, name, value)
        self.gone[str(token.id)] = "left"
        if element.tag == "endEvent" and token.workflow is self._top:
            self.ended_by = element.id
        self.fact("left", token)

    def took(self, token: Task, flows: list[Flow]) -> None:
        """Tell which sequence flows were taken."""
        if flows:
            self.fact("took", token, {"flows": [flow.id for flow in flows]})

    def cancelled(self, token: Task) -> None:
        """Tell that a token was taken away."""
        self.close_scope(token)
        self.gone[str(token.id)] = "cancelled"
        if "timer" in token.internal_data:
            self.timers_set[str(token.id)] = None
        if token.task_spec.element.tag in _ENTERED:
            self.fact("cancelled", token)

    def fact(self, kind: str, token: Task, detail: Mapping[str, Any] | None = None) -> None:
        """Keep a fact about `token`."""
        self.facts.append(Fact(kind, token.task_spec.element.id, str(token.id), detail or {}))

    def arm(self, token: Task) -> None:
        """Set the timer of a waiting event."""
        event = token.task_spec.element.event
        value = event.text if is_iso(event.text) else self.evaluate(token, event.text)
        self._set_timer(token, timers.armed(event.timer, value, self.now))

    def subscribe(self, token: Task) -> None:
        """Tell that a token waits for a message."""
        element = token.task_spec.element
        self.facts.append(Subscribed(str(token.id), element.id, element.event.name))

    def deliver(self, token: Task, payload: Mapping[str, Any]) -> None:
        """Write a caught payload, or keep it in the token's scope for the output mapping."""
        if token.task_spec.element.outputs:
            self.open_scope(token, payload)
        else:
            for name, value in payload.items():
                self.write(token, name, value)

    def request(self, token: Task) -> None:
        """Ask for external work."""
        element = token.task_spec.element
        inputs = {name: self.value(token, text) for name, text in element.inputs.items()}
        retries = int(element.retries) if element.retries.isdigit() else 3
        visible = self.reading(token).variables()
        self.facts.append(WorkRequested(str(token.id), element.id, element.topic, inputs, visible, retries))
        self.fact("work_requested", token, {"topic": element.topic})

    def decide(self, token: Task) -> None:
        """Evaluate a decision and write its result."""
        element = token.task_spec.element
        _, model, _ = self._home(token)
        outcome = model.decisions[element.decision].evaluate(element.decision, self.reading(token), self.functions)
        detail = {"decision": element.decision, "rules": list(outcome.matched)}
        self.facts.append(Fact("decided", element.id, str(token.id), detail, {"inputs": outcome.inputs, "value": outcome.value}))
        result = result_of(outcome.value, element.map_result)
        if element.result:
            self.write(token, element.result, result)
        elif isinstance(result, Mapping):
            for name, value in result.items():
                self.write(token, name, value)

    def call(self, token: Task) -> Any:
        """Bind a call activity to the active version of what it calls, and open the called process's scope."""
        element = token.task_spec.element
        definition_id, _, process = self._library.by_key(str(self.value(token, element.called)))
        values: dict[str, Any] = {}
        for source, target in element.call_in:
            if source == "*":
                values |= self.reading(token).variables()
            else:
                values[target] = self.evaluate(token, source)
        self._calls[str(token.id)] = definition_id
        self.open_scope(token, values, root=True)
        return process.spec

    def send(self, token: Task, name: str) -> None:
        """Throw a message, with the input mapping as its payload."""
        element = token.task_spec.element
        payload = {key: self.value(token, text) for key, text in element.inputs.items()}
        self.facts.append(MessageThrown(str(token.id), element.id, name, payload))

    # --- looking

    def open_elements(self) -> list[tuple[str, str, str]]:
        """(token id, element id, state) of every token; state: `task`, `timer`, `message`, `work`, `parked` or `other`."""
        return [(str(token.id), token.task_spec.element.id, self._waits_for(token)) for token in all_tokens(self._top)]

    def open_task(self, token_id: str) -> Element | None:
        """The element of a token that a person can complete, else None."""
        token = self._token(token_id)
        return token.task_spec.element if token is not None and self._waits_for(token) == "task" else None

    def context(self, token_id: str) -> Mapping[str, Any]:
        """What an expression at `token_id` sees."""
        return self.reading(self._token(token_id))

    def due_timers(self) -> list[tuple[datetime, str]]:
        """(due, token id) of every armed timer, in due order."""
        found = [(token.internal_data.get("timer"), str(token.id)) for token in all_tokens(self._top)]
        return sorted((timer["due"], key) for timer, key in found if timer and timer["due"] is not None)

    def _waits_for(self, token: Task) -> str:
        if "parked" in token.internal_data:
            return "parked"
        if token.task_spec.manual and token.state == TaskState.READY:
            return "task"
        if isinstance(token.task_spec, ExternalStep) and token.state == TaskState.STARTED:
            return "work"
        if isinstance(token.task_spec, CatchEvent) and token.state == TaskState.WAITING:
            return token.task_spec.element.event.kind
        return "other"

    def _token(self, token_id: str) -> Task | None:
        key = UUID(token_id)
        for part in (self._top, *self._top.subprocesses.values()):
            if key in part.tasks:
                return part.tasks[key]
        return None

    def _set_timer(self, token: Task, timer: dict[str, Any] | None) -> None:
        key, element = str(token.id), token.task_spec.element
        if timer is None:
            self.timers_set[key] = None
            token.internal_data.pop("timer", None)
            end_timer(token)
            return
        token.internal_data["timer"] = timer
        self.timers_set[key] = TimerSet(key, element.id, timer["due"], _names(element.event.text))

    def _offer(self, token: Task, element: Element) -> TaskOpened:
        definition_id, _, _ = self._home(token)
        groups = [self.value(token, text) for text in element.candidate_groups]
        flat = [str(one) for group in groups for one in (group if isinstance(group, list) else [group]) if one]
        if not flat and element.lane and not element.assignee:
            flat = [element.lane]
        due, follow_up = (self._when(token, text) for text in (element.due, element.follow_up))
        priority = self.value(token, element.priority) if element.priority else None
        return TaskOpened(
            token_id=str(token.id),
            element_id=element.id,
            definition_id=definition_id,
            item=self._item(token),
            assignee=str(self.value(token, element.assignee) or "") if element.assignee else "",
            groups=tuple(dict.fromkeys(flat)),
            users=element.candidate_users,
            due_at=due,
            follow_up_at=follow_up,
            priority=int(priority) if priority is not None and str(priority).isdigit() else 50,
            role=element.properties.get("role", ""),
        )

    def _when(self, token: Task, text: str) -> datetime | None:
        if not text:
            return None
        value = text if is_iso(text) else self.evaluate(token, text)
        due = timers.armed("date", value, self.now)["due"]
        return due if isinstance(due, datetime) else None

    def _item(self, token: Task) -> str:
        loop = token.task_spec.element.loop
        if loop is None or "index" not in token.internal_data:
            return ""
        value = self.scopes.get(str(token.id), {}).get(loop.item) if loop.item else None
        return value[:100] if isinstance(value, str) else str(token.internal_data["index"] + 1)

    def _home(self, token: Task) -> tuple[int, Model, Process]:
        """Definition id, model and process of the diagram that `token` stands in."""
        part = token.workflow
        while part is not self._top:
            if str(part.parent_task_id) in self._calls:
                return self._library.by_id(self._calls[str(part.parent_task_id)])
            part = part.parent_workflow
        return self.definition_id, self.model, self.process

    def _inner_spec(self, token: Task) -> Any:
        if isinstance(token.task_spec, CallStep):
            return self._library.by_id(self._calls[str(token.id)])[2].spec
        return token.task_spec.inner


def _names(text: str) -> tuple[str, ...]:
    return () if is_iso(text) or not text else tuple(sorted(parsed(text).names))


def _plain(fired: Mapping[str, Any]) -> dict[str, Any]:
    """What a firing says, without moments: a mark or a key."""
    return {name: str(value) for name, value in fired.items() if name != "at"}


__all__ = ["BUDGET", "Execution", "Library", "ModelFault", "Step", "StepFailed"]
