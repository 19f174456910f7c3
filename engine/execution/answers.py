"""What the steps of a model ask while they run (`engine.bpmn.tokens.Surroundings`), told as facts."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task

from engine.applications import Decided, PathType, Record
from engine.bpmn.elements import Event, Flow
from engine.bpmn.expressions import is_time, parsed
from engine.bpmn.loops import Repeat
from engine.bpmn.model import Model, Process
from engine.bpmn.steps import CallStep, EventSubProcessStep, ExternalStep, ManualStep
from engine.bpmn.throwing import ThrowEvent
from engine.bpmn.tokens import NOTHING, Done, activity_around, discard, plant, settle
from engine.errors import RedressError
from engine.execution import timers
from engine.execution.calls import Library as Library
from engine.execution.calls import called
from engine.execution.decisions import decide, result_of
from engine.execution.facts import Fact, MessageThrown, SignalThrown, Subscribed, TaskOpened, TimerSet, WorkRequested
from engine.execution.offers import offer
from engine.execution.scopes import Reading
from engine.execution.variables import Variables

#: Attempts of external work whose element does not say how many.
RETRIES = 3

#: Elements whose entering is worth a line of history.
_ENTERED = {"subProcess", "callActivity", "userTask", "manualTask", "serviceTask", "receiveTask"}


class Answers(Variables):
    """What happens around the tokens of one instance, and what is told of it."""

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
        _, self.model, self.process = library.by_id(definition_id)
        self.facts: list[Fact | TaskOpened | WorkRequested | Subscribed | MessageThrown | SignalThrown] = []
        #: token id → the timer as it stands, None when it is gone
        self.timers_set: dict[str, TimerSet | None] = {}
        #: ids of tokens that left or were taken away, and how: their tasks, jobs and subscriptions are over
        self.gone: dict[str, str] = {}
        #: id of the end event at which the process itself ended last
        self.ended_by = ""
        #: tokens that the runner takes up next
        self.todo: deque[Task] = deque()
        self._library = library
        #: token id of a call activity → definition that it called
        self._calls: dict[str, int] = {}
        #: token id of a sub-process, empty for the process → what compensation can undo in it
        self._done: dict[str, list[Done]] = {}
        #: tokens at conditional events
        self._watched: list[Task] = []
        #: steps taken in this command
        self._steps = 0
        #: steps that were parked in this run: token id → (element id, why)
        self.parked: dict[str, tuple[str, RedressError]] = {}
        self.top = BpmnWorkflow(self.process.spec, script_engine=self, deserializing=True)
        plant(self.top)

    def begin_command(self) -> None:
        """Count the steps anew: what follows is a command of its own, as where each loads its case."""
        self._steps = 0

    def queue(self, token: Task) -> None:
        """Take up `token` after those that wait already."""
        self.todo.append(token)

    def entered(self, token: Task) -> None:
        """Open the scope of input mappings, tell of the entering, and offer a manual step to people."""
        step = token.task_spec
        if step.element.inputs and not isinstance(step, ExternalStep | ThrowEvent | Repeat):
            self.open_scope(token, {**self._inputs(token), **self._brought(token)})
        if step.element.tag in _ENTERED:
            self.fact("entered", token, _which(token))
        if isinstance(step, ManualStep):
            self.facts.append(offer(self, token, self.home(token)[0]))

    def hand_over(self, token: Task) -> None:
        """Write the output mapping outward and close the scope."""
        step = token.task_spec
        outputs = {} if isinstance(step, Repeat) else step.element.outputs
        results = {name: self.value(token, text) for name, text in outputs.items()}
        self.close_scope(token)
        for name, value in results.items():
            self.write(token, name, value)

    def left(self, token: Task) -> None:
        """Tell that the element is done."""
        step = token.task_spec
        self._forget(token, "left")
        if step.element.tag == "endEvent" and _ends_instance(token):
            self.ended(token)
        self.fact("left", token, _which(token))

    def ended(self, token: Task) -> None:
        """Remember the end event at which the instance ended."""
        self.ended_by = token.task_spec.element.id

    def remember(self, token: Task) -> None:
        """Keep a done activity for compensation, with the values of its scope and what was kept inside it."""
        around = activity_around(token.workflow)
        done = {
            "name": token.task_spec.name.removesuffix("#item"),
            "values": dict(self.scopes.get(token.id, {})),
            "inside": self._done.pop(token.id, []),
        }
        self._done.setdefault(around.id if around is not None else "", []).append(done)

    def done(self, workflow: Any) -> list[Done]:
        """What is kept for compensation of a process or sub-process."""
        around = activity_around(workflow)
        return self._done.setdefault(around.id if around is not None else "", [])

    def took(self, token: Task, flows: list[Flow]) -> None:
        """Tell which sequence flows were taken."""
        if flows:
            self.fact("took", token, {"flows": [flow.id for flow in flows]})

    def cancelled(self, token: Task) -> None:
        """Tell that a token was taken away."""
        self.close_scope(token)
        self._forget(token, "cancelled")
        if token.task_spec.element.tag in _ENTERED:
            self.fact("cancelled", token, _which(token))

    def fact(self, kind: str, token: Task, detail: Mapping[str, Any] = NOTHING) -> None:
        """Keep a fact about `token`."""
        self.facts.append(Fact(kind, token.task_spec.element.id, token.id, detail))

    def arm(self, token: Task) -> None:
        """Set the timer of a waiting event, anew where it was set before."""
        event, before = token.task_spec.element.event, token.internal_data.get("timer")
        value = event.text if is_time(event.text) else self.evaluate(token, event.text)
        if before is None:
            timer = timers.armed(event.timer, value, self.now)
        else:
            timer = timers.evaluated_again(before, event.timer, value, self.now)
        self.set_timer(token, timer)

    def set_timer(self, token: Task, timer: dict[str, Any] | None) -> None:
        """Keep the state of a timer; None: it has fired for the last time and its token goes."""
        if timer is None:
            self._forget(token, "fired")
            discard(token)
            settle(token.workflow)
            return
        token.internal_data["timer"] = timer
        element = token.task_spec.element
        self.timers_set[token.id] = TimerSet(token.id, element.id, timer["due"], timer_names(token))

    def subscribe(self, token: Task) -> None:
        """Tell that a token waits for a message or signal."""
        element = token.task_spec.element
        name = str(self.value(token, element.event.name))
        self.facts.append(Subscribed(token.id, element.id, name, element.event.kind))

    def watch(self, token: Task) -> None:
        """Look at the conditional event of `token` after every write."""
        self._watched.append(token)

    def request(self, token: Task) -> None:
        """Ask for external work."""
        self.facts.append(self.work_of(token))
        self.fact("work_requested", token, {"topic": token.task_spec.element.topic})

    def work_of(self, token: Task) -> WorkRequested:
        """The external work of `token` with its inputs as the scopes stand now. Raises ModelFault."""
        element = token.task_spec.element
        retries = int(element.retries) if element.retries.isdecimal() else RETRIES
        visible = self.reading(token).variables()
        return WorkRequested(token.id, element.id, element.topic, self._inputs(token), visible, retries)

    def decide(self, token: Task) -> None:
        """Evaluate a decision and write its result."""
        element = token.task_spec.element
        decision = str(self.value(token, element.decision))
        decisions = self.home(token)[1].decisions.get(decision)
        if decisions is None:
            raise token.task_spec.fault("the deployment has no decision “{decision}”", decision=decision)
        outcome = decide(decisions, decision, self.reading(token), self.functions)
        self.applied(token, Decided(decision, outcome.matched, outcome.inputs, outcome.named))
        result = result_of(decision, outcome.named, element.map_result)
        if element.result:
            self.write(token, element.result, result)
        elif isinstance(result, Mapping):
            for name, value in result.items():
                self.write(token, name, value)

    def applied(self, token: Task, made: Decided) -> None:
        """Tell that a decision table was applied at `token`."""
        detail = {"decision": made.decision, "rules": list(made.rules)}
        values = {"inputs": made.inputs, "value": made.value}
        self.facts.append(Fact("decided", token.task_spec.element.id, token.id, detail, values))

    def call(self, token: Task) -> Any:
        """Bind a call activity to what it calls, and open the called process's scope. Raises ModelFault."""
        element = token.task_spec.element
        key, version = (str(self.value(token, text)) for text in (element.called, element.called_version))
        definition_id, _, process = called(self._library, token, key, version, self.home(token)[0])
        self._calls[token.id] = definition_id
        self.open_call(token, self._carried(token, element.call_in, self.reading(token)))
        return process.spec

    def returned(self, token: Task) -> None:
        """Write what a called process gives back."""
        carried = self._carried(token, token.task_spec.element.call_out, self.reading_called(token))
        for name, value in carried.items():
            self.write(token, name, value)

    def send(self, token: Task, event: Event) -> None:
        """Throw a message, with the input mapping as its payload."""
        element = token.task_spec.element
        name = str(self.value(token, event.name))
        self.facts.append(MessageThrown(token.id, element.id, name, self._inputs(token)))

    def broadcast(self, token: Task, name: str) -> Mapping[str, Any]:
        """Tell that a signal was thrown; gives what it carries: the input mapping of a throwing event."""
        payload = self._inputs(token) if isinstance(token.task_spec, ThrowEvent) else {}
        self.facts.append(SignalThrown(token.id, token.task_spec.element.id, name, payload))
        return payload

    def home(self, token: Task) -> tuple[int, Model, Process]:
        """Definition id, model and process of the diagram that `token` stands in."""
        activity = activity_around(token.workflow)
        while activity is not None:
            if activity.id in self._calls:
                return self._library.by_id(self._calls[activity.id])
            activity = activity_around(activity.workflow)
        return self.definition_id, self.model, self.process

    def inside_of(self, token: Task) -> Any:
        """The specification that runs inside the activity of `token`."""
        if isinstance(token.task_spec, CallStep):
            return self._library.by_id(self._calls[token.id])[2].spec
        return token.task_spec.inner

    def _inputs(self, token: Task) -> dict[str, Any]:
        return {name: self.value(token, text) for name, text in token.task_spec.element.inputs.items()}

    def _brought(self, token: Task) -> dict[str, Any]:
        """What a token has in its scope before its inputs: from its event, or from the time that is to be undone."""
        is_known = isinstance(token.task_spec, EventSubProcessStep) or "undo" in token.internal_data
        return self.scopes.get(token.id, {}) if is_known else {}

    def _carried(self, token: Task, pairs: tuple[tuple[str, str], ...], reading: Reading) -> dict[str, Any]:
        """What crosses the border of the process that `token` calls, out of what `reading` sees."""
        carried: dict[str, Any] = {}
        for source, target in pairs:
            if source == "*":
                carried |= reading.variables()
            else:
                carried[target] = self.evaluate_in(reading, token, source)
        return carried

    def _forget(self, token: Task, how: str) -> None:
        self.gone[token.id] = how
        self._calls.pop(token.id, None)
        self._done.pop(token.id, None)
        if token.internal_data.pop("timer", None) is not None:
            self.timers_set[token.id] = None


def timer_names(token: Task) -> tuple[str, ...]:
    """The names that the timer of `token` reads."""
    text = token.task_spec.element.event.text
    return () if is_time(text) or not text else tuple(sorted(parsed(text).names))


def _ends_instance(token: Task) -> bool:
    """Whether an end event stands in the process itself, or in an event sub-process of it."""
    activity = activity_around(token.workflow)
    while activity is not None and isinstance(activity.task_spec, EventSubProcessStep):
        activity = activity_around(activity.workflow)
    return activity is None


def _which(token: Task) -> dict[str, Any]:
    """Which item of a loop a token is, counted from 1, or that it stands for the loop itself."""
    if isinstance(token.task_spec, Repeat):
        return {"loop": token.task_spec.loop.kind}
    return {"item": token.internal_data["index"] + 1} if "index" in token.internal_data else {}
