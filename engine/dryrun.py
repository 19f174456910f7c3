"""Run a model against scripted answers in virtual time: process tests, simulation, `flask process run`.

Nothing is stored. Work for topics is taken as done, messages and signals that the model itself throws are delivered, and
time jumps from timer to timer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine import clock
from engine.applications import Application
from engine.bpmn.model import Model, Process
from engine.errors import InvalidForm, InvalidInput, NotFound
from engine.execution import BUDGET, Execution, Fact, MessageThrown, StepFailed, Subscribed, TaskOpened, WorkRequested
from engine.forms import Form


@dataclass(frozen=True)
class OpenTask:
    """A task that waits in a dry run."""

    id: str
    element_id: str
    name: str
    groups: tuple[str, ...]
    due_at: datetime | None


@dataclass
class Trace:
    """What happened: (moment, kind, element id) in order, matched rules by decision, and what was asked of topics."""

    events: list[tuple[datetime, str, str]] = field(default_factory=list)
    decisions: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    work: list[WorkRequested] = field(default_factory=list)

    @property
    def path(self) -> list[str]:
        """The element ids in the order in which they completed."""
        return [element for _, kind, element in self.events if kind == "left"]

    def moments(self, element_id: str) -> list[datetime]:
        """When `element_id` completed, each time."""
        return [at for at, kind, element in self.events if kind == "left" and element == element_id]


class Models:
    """A library of one model, for processes that are not deployed."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._keys = list(model.processes)

    def by_key(self, key: str) -> tuple[int, Model, Process]:
        """The process called `key`; its number stands for the definition id. Raises NotFound."""
        return self._keys.index(self._model.process(key).key), self._model, self._model.process(key)

    def by_id(self, definition_id: int) -> tuple[int, Model, Process]:
        """The process with that number."""
        if not 0 <= definition_id < len(self._keys):
            raise NotFound
        return definition_id, self._model, self._model.processes[self._keys[definition_id]]


class DryRun:
    """One instance in memory, in virtual time."""

    def __init__(self, model: Model, process_key: str, application: Application | None, *, at: datetime) -> None:
        self.now = at
        self.trace = Trace()
        self.application = application
        self._models = Models(model)
        self._definition_id = self._models.by_key(process_key)[0]
        self._tasks: dict[str, TaskOpened] = {}
        self._subscriptions: dict[str, Subscribed] = {}
        self._work: list[WorkRequested] = []
        self._messages: list[MessageThrown] = []
        self.execution: Execution | None = None

    # --- acting

    def start(self, values: Mapping[str, Any]) -> None:
        """Begin with typed `values`: record paths and variables."""
        factory = self.application.record if self.application else None
        name = factory.name if factory else ""
        own = {
            key.removeprefix(name + "."): value
            for key, value in values.items()
            if factory and key.startswith(name + ".")
        }
        with clock.at(self.now):
            record = factory.blank(own) if factory else None
            self.execution = Execution(
                self._definition_id,
                self._models,
                now=self.now,
                functions=self.application.functions if self.application else {},
                record=record,
                record_name=name,
                paths=factory.paths() if factory else None,
            )
            self.execution.begin(
                {key: value for key, value in values.items() if not (factory and key.startswith(name + "."))}
            )
        self._settle()

    def complete(self, element_id: str, values: Mapping[str, Any], item: str = "") -> None:
        """Complete the open task at `element_id` (of multi-instance `item`). Raises InvalidInput when there is none."""
        task = next(
            (task for task in self._tasks.values() if task.element_id == element_id and item in {"", task.item}), None
        )
        if task is None:
            waiting = ", ".join(sorted({task.element_id for task in self._tasks.values()})) or "none"
            raise InvalidInput(why=f"the task “{element_id}” is not open; open are: {waiting}")
        self._do(lambda execution: execution.complete(task.token_id, values))

    def message(self, name: str, payload: Mapping[str, Any]) -> bool:
        """Send a message; False when nothing waits for it."""
        target = next((one for one in self._subscriptions.values() if one.name == name), None)
        if target is None:
            return False
        self._do(lambda execution: execution.deliver_message(target.token_id, payload))
        return True

    def set(self, name: str, value: Any) -> None:
        """Set a variable or a path of the record."""
        self._do(lambda execution: execution.write(None, name, value))

    def wait(self, duration: timedelta) -> None:
        """Let time pass; timers that become due fire on their way."""
        end = self.now + duration
        while (due := self.next_timer()) is not None and due <= end:
            self.now = max(self.now, due)
            self._settle()
        self.now = end
        self._settle()

    # --- looking

    @property
    def tasks(self) -> list[OpenTask]:
        """The open tasks, in the order in which they opened."""
        elements = self._running.process.elements
        return [
            OpenTask(task.token_id, task.element_id, elements[task.element_id].named("en"), task.groups, task.due_at)
            for task in self._tasks.values()
        ]

    def form(self, element_id: str) -> Form | None:
        """The form of a task."""
        execution = self._running
        return execution.model.form(execution.process.elements[element_id].form)

    @property
    def subscriptions(self) -> list[str]:
        """The names of the messages that something waits for."""
        return [one.name for one in self._subscriptions.values()]

    @property
    def is_ended(self) -> bool:
        """Whether nothing is left to do."""
        return self._running.is_ended

    @property
    def outcome(self) -> str:
        """The `outcome` property of the end event that ended the run, or its id."""
        element = self._running.process.elements.get(self._running.ended_by)
        return element.properties.get("outcome", element.id) if element is not None else ""

    def next_timer(self) -> datetime | None:
        """When the next timer is due."""
        due = self._running.due_timers()
        return due[0][0] if due else None

    def variables(self) -> dict[str, Any]:
        """The variables of the instance."""
        return self._running.reading(None).variables()

    def read(self, name: str) -> Any:
        """The value of a FEEL expression over variables and record."""
        with clock.at(self.now):
            return self._running.evaluate(None, name)

    @property
    def _running(self) -> Execution:
        if self.execution is None:
            raise InvalidInput(why="the run has not started")
        return self.execution

    # --- running

    def _do(self, act: Callable[[Execution], object]) -> None:
        self._running.now = self.now
        with clock.at(self.now):
            act(self._running)
        self._settle()

    def _settle(self) -> None:
        """Advance, do work, deliver thrown messages and fire what is due until nothing happens any more."""
        for _ in range(BUDGET):
            with clock.at(self.now):
                self._advance()
                if not (self._do_work() or self._deliver_thrown() or self._fire()):
                    return
        raise InvalidInput(why="the run does not come to rest")

    def _advance(self) -> None:
        execution = self._running
        execution.now = self.now
        try:
            execution.advance()
        except StepFailed as failed:
            raise failed.error from failed
        record = execution.record
        while record is not None and record.changed:
            names = {f"{execution.record_name}.{path}" for path in record.changed}
            record.changed.clear()
            execution.clocks_changed(names)
            execution.advance()
        self._note(execution)

    def _note(self, execution: Execution) -> None:
        for fact in execution.facts:
            match fact:
                case Fact():
                    self.trace.events.append((self.now, fact.kind, fact.element_id))
                    if fact.kind == "decided":
                        rules = self.trace.decisions.setdefault(fact.detail["decision"], [])
                        rules.append(tuple(fact.detail["rules"]))
                    if fact.kind == "task_completed":
                        self._tasks.pop(fact.token_id, None)
                    self._follow(execution, fact)
                case TaskOpened():
                    self._tasks[fact.token_id] = fact
                case Subscribed():
                    self._subscriptions[fact.token_id] = fact
                case WorkRequested():
                    self._work.append(fact)
                    self.trace.work.append(fact)
                case MessageThrown():
                    self._messages.append(fact)
        execution.facts.clear()
        for token_id in execution.gone:
            self._tasks.pop(token_id, None)
            self._subscriptions.pop(token_id, None)
        execution.gone.clear()

    def _follow(self, execution: Execution, fact: Fact) -> None:
        element = execution.process.elements.get(fact.element_id)
        if (
            execution.record is not None
            and element is not None
            and element.properties
            and fact.kind in {"entered", "left"}
        ):
            execution.record.follow(fact.kind, element.properties, self.now)

    def _do_work(self) -> bool:
        if not self._work:
            return False
        work = self._work.pop(0)
        rehearse = self.application.rehearsals.get(work.topic) if self.application else None
        result = rehearse(self._running.record, work.inputs, self.now) if rehearse else {}
        self._running.finish_work(work.token_id, result or {})
        return True

    def _deliver_thrown(self) -> bool:
        if not self._messages:
            return False
        thrown = self._messages.pop(0)
        target = next((one for one in self._subscriptions.values() if one.name == thrown.name), None)
        if target is not None:
            self._running.deliver_message(target.token_id, thrown.payload)
        return True

    def _fire(self) -> bool:
        due = [key for at, key in self._running.due_timers() if at <= self.now]
        return bool(due) and self._running.fire(due[0])


def defaults(form: Form | None, context: Mapping[str, Any], application: Application | None) -> dict[str, Any]:
    """The answers a form gives when nobody types anything; what it refuses is left out."""
    if form is None:
        return {}
    try:
        return dict(form.submit({}, {}, context, "en", application.functions if application else {}).values)
    except InvalidForm:
        return {}


def run_to_rest(run: DryRun, answers: Mapping[str, Any], limit: timedelta = timedelta(days=3650)) -> str:
    """Answer tasks from `answers` (element id → values, or a list of values, one per visit), wait for timers.

    Returns `ended`, `waiting` (nothing more happens by itself) or `stopped` after `limit` of virtual time.
    """
    end = run.now + limit
    visits: dict[str, int] = {}
    for _ in range(BUDGET):
        if run.is_ended:
            return "ended"
        if run.tasks:
            task = run.tasks[0]
            run.complete(task.element_id, _answer(run, answers, task.element_id, visits))
            continue
        due = run.next_timer()
        if due is None:
            return "waiting"
        if due > end:
            return "stopped"
        run.wait(max(due - run.now, timedelta()))
    return "stopped"


def _answer(run: DryRun, answers: Mapping[str, Any], element_id: str, visits: dict[str, int]) -> Mapping[str, Any]:
    given = answers.get(element_id)
    if given is None:
        return defaults(run.form(element_id), {}, run.application)
    if isinstance(given, Sequence):
        number = visits.get(element_id, 0)
        visits[element_id] = number + 1
        given = given[min(number, len(given) - 1)]
    if not isinstance(given, Mapping):
        raise InvalidInput(why=f"the answers for “{element_id}” are not a mapping of names to values")
    return given


__all__ = ["DryRun", "Models", "OpenTask", "Trace", "defaults", "run_to_rest"]
