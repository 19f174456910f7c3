"""One instance in memory, in virtual time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine import clock
from engine.applications import Application
from engine.bpmn.elements import Element
from engine.bpmn.model import Model
from engine.commands import Submitted
from engine.dryrun.trace import Models, OpenTask, Trace
from engine.errors import BpmnError, InvalidInput
from engine.execution import (
    BUDGET,
    Execution,
    Fact,
    MessageThrown,
    SignalThrown,
    StepFailed,
    Subscribed,
    TaskOpened,
    WorkRequested,
)
from engine.execution.waiting import Failure, Wait, failure_of, waits
from engine.forms import Form
from engine.transition import follow

#: What an execution tells of.
Told = Fact | TaskOpened | Subscribed | WorkRequested | MessageThrown | SignalThrown


class DryRun:
    """One instance in memory, in virtual time.

    `work`: id of an element done by a topic → what the topic gives back, or `{"error": code}` for the BPMN error with
    which it fails, or a list of these, one per visit. Other work is done as the application rehearses it.
    """

    def __init__(
        self,
        model: Model,
        process_key: str,
        application: Application | None,
        *,
        at: datetime,
        work: Mapping[str, Any] | None = None,
    ) -> None:
        self.now = at
        self._given = work or {}
        self.trace = Trace()
        self.application = application
        self._models = Models(model)
        self._process_key = process_key
        self._definition_id = self._models.by_key(process_key)[0]
        self._tasks: dict[str, TaskOpened] = {}
        self._subscriptions: dict[str, Subscribed] = {}
        self._work: list[WorkRequested] = []
        #: name → the messages that the diagram threw and nothing has waited for yet, as they wait in the office
        self._messages: dict[str, list[MessageThrown]] = {}
        self.execution: Execution | None = None
        #: why a step failed, once one did
        self.failure: Failure | None = None

    # --- acting

    def start(self, values: Mapping[str, Any], event: str = "") -> None:
        """Begin with typed `values`: record paths and variables.

        `event`: the message or signal that begins it, or the id of a timer start event. Raises InvalidInput.
        """
        step = self._beginning(event) if event else ""
        factory = self.application.record_of(self._process_key) if self.application else None
        name = factory.name if factory else ""
        prefix = f"{name}." if factory else "\0"
        own = {key.removeprefix(prefix): value for key, value in values.items() if key.startswith(prefix)}
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
            self.execution.begin({key: value for key, value in values.items() if not key.startswith(prefix)}, step)
        self._settle()

    def complete(self, element_id: str, values: Mapping[str, Any], item: str = "") -> None:
        """Complete the open task at `element_id` (of multi-instance `item`). Raises InvalidInput when there is none."""
        task = self._open_task(element_id, item)
        self._do(lambda execution: execution.complete(task.token_id, values))

    def message(self, name: str, payload: Mapping[str, Any]) -> bool:
        """Send a message, or let a signal sound, with its payload; False when nothing waits for it."""
        waiting = [one for one in self._subscriptions.values() if one.name == name]
        if not waiting:
            return False
        if waiting[0].kind == "signal":
            self._do(lambda execution: [execution.deliver_signal(one.token_id, payload) for one in waiting])
        else:
            self._do(lambda execution: execution.deliver_message(waiting[0].token_id, payload))
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
        return [
            OpenTask(task.token_id, task.element_id, self._element(task).named("en"), task.groups, task.due_at)
            for task in self._tasks.values()
        ]

    @property
    def waits(self) -> list[Wait]:
        """Everything that waits, and for what; nothing before the start."""
        if self.execution is None:
            return []
        with clock.at(self.now):
            return waits(self.execution)

    def form(self, element_id: str) -> Form | None:
        """The form of an open task."""
        return self._running.model.form(self.element(element_id).form)

    def answers(self, element_id: str, fields: Mapping[str, Sequence[str]], item: str = "") -> Mapping[str, Any]:
        """The typed answers that the form of an open task makes of what a browser sends. Raises InvalidForm."""
        task = self._open_task(element_id, item)
        form = self._running.model.form(self._element(task).form)
        factory = self.application.record_of(self._process_key) if self.application else None
        with clock.at(self.now):
            context = self._running.form_context(task.token_id, frozenset(factory.paths() if factory else ()))
            submitted = Submitted(fields, language="en")
            return submitted.answers(form, context, self.application.functions if self.application else {})

    def element(self, element_id: str) -> Element:
        """The element of an open task, in a called process too. Raises InvalidInput when there is none."""
        return self._element(self._open_task(element_id))

    @property
    def subscriptions(self) -> list[str]:
        """The names of the messages and signals that something waits for."""
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

    def _beginning(self, event: str) -> str:
        starts = self._models.by_id(self._definition_id)[2].starts
        timers = {step: step for step, _ in starts.timers}
        signals = {name: steps[0] for name, steps in starts.signals.items()}
        try:
            return {**timers, **signals, **starts.messages}[event]
        except KeyError:
            raise InvalidInput(why=f"nothing in the process begins with “{event}”") from None

    def _open_task(self, element_id: str, item: str = "") -> TaskOpened:
        for task in self._tasks.values():
            if task.element_id == element_id and item in {"", task.item}:
                return task
        waiting = ", ".join(sorted({task.element_id for task in self._tasks.values()})) or "none"
        raise InvalidInput(why=f"the task “{element_id}” is not open; open are: {waiting}")

    def _element(self, task: TaskOpened) -> Element:
        """The element of a task, in a called process too."""
        return self._models.by_id(task.definition_id)[2].elements[task.element_id]

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
        self._running.begin_command()
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
            follow(execution, self.now, {})
        except StepFailed as failed:
            self._note(execution)
            self.failure = failure_of(execution, failed)
            raise failed.error from failed
        self._note(execution)

    def _note(self, execution: Execution) -> None:
        """Take up what happened since the last time."""
        for fact in execution.facts:
            self._take_up(fact)
        for token_id in execution.gone:
            self._tasks.pop(token_id, None)
            self._subscriptions.pop(token_id, None)
        execution.facts.clear()
        execution.gone.clear()

    def _take_up(self, fact: Told) -> None:
        match fact:
            case Fact():
                self.trace.note(fact, self.now)
            case TaskOpened():
                self._tasks[fact.token_id] = fact
            case Subscribed():
                self._subscriptions[fact.token_id] = fact
            case WorkRequested():
                self._work.append(fact)
                self.trace.work.append(fact)
            case MessageThrown():
                self._messages.setdefault(fact.name, []).append(fact)
            case SignalThrown():
                self.trace.signals.append((fact.name, fact.element_id))

    def _do_work(self) -> bool:
        if not self._work:
            return False
        work = self._work.pop(0)
        if work.element_id in self._given:
            self._do_as_given(work)
            return True
        rehearse = self.application.rehearsals.get(work.topic) if self.application else None
        result = rehearse(self._running.record, work.inputs, self.now) if rehearse else {}
        self._running.finish_work(work.token_id, result or {})
        return True

    def _do_as_given(self, work: WorkRequested) -> None:
        """Let the topic give back, or fail with, what is given for this visit. Raises ModelFault, InvalidInput."""
        given = self._given[work.element_id]
        visits = given if isinstance(given, list) else [given]
        number = self.trace.answered[work.element_id]
        self.trace.answered[work.element_id] += 1
        result = visits[min(number, len(visits) - 1)] if visits else {}
        if not isinstance(result, Mapping):
            raise InvalidInput(why=f"what is given for “{work.element_id}” is not a mapping of names to values")
        if set(result) == {"error"}:
            self._running.fail_work(work.token_id, BpmnError(str(result["error"])))
        else:
            self._running.finish_work(work.token_id, result)

    def _deliver_thrown(self) -> bool:
        for target in self._subscriptions.values():
            thrown = self._messages.get(target.name) if target.kind == "message" else None
            if thrown:
                self._running.deliver_message(target.token_id, thrown.pop(0).payload)
                return True
        return False

    def _fire(self) -> bool:
        due = [key for at, key in self._running.due_timers() if at <= self.now]
        return bool(due) and self._running.fire(due[0])
