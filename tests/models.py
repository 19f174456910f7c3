"""Small models for tests, and a case that runs one: every move is made on a state that went through bytes."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from engine.bpmn import reader
from engine.bpmn.model import Model, Process
from engine.errors import BpmnError, NotFound, RedressError
from engine.execution import Execution, Fact, StepFailed

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)

_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://redress.example/test">'
)
_REFERENCES = {
    "message": '<message id="{0}" name="{1}"/>',
    "signal": '<signal id="{0}" name="{0}"/>',
    "error": '<error id="{0}" errorCode="{0}"/>',
    "escalation": '<escalation id="{0}" escalationCode="{0}"/>',
}


def bpmn(elements: str, flows: str, key: str = "main", lanes: str = "", *, tasks: bool = True) -> bytes:
    """A file with one process: XML of its elements, and flows as `a > b > c; b > d: condition`.

    Elements that only flows name are made: `start…` a start event, `end…` an end event, anything else a user task, if
    `tasks` are to be made. Messages, signals, errors and escalations are declared under the ids that are referred to;
    the name of a message is its id without `message_`.
    """
    body = f'<process id="{key}" isExecutable="true">{lanes}{scope(elements, flows, tasks=tasks)}</process>'
    references = [
        template.format(found, found.removeprefix("message_"))
        for kind, template in _REFERENCES.items()
        for found in sorted(set(re.findall(rf'{kind}Ref="(\w+)"', body)))
    ]
    return f"{_HEAD}{''.join(references)}{body}</definitions>".encode()


def scope(elements: str, flows: str, *, tasks: bool = True) -> str:
    """The inside of a process or sub-process."""
    arrows: list[tuple[str, str, str]] = []
    for line in filter(None, (part.strip() for part in flows.split(";"))):
        path, _, condition = line.partition(":")
        names = [name.strip() for name in path.split(">")]
        arrows += [(source, target, condition.strip()) for source, target in pairwise(names)]
    named = dict.fromkeys(name for source, target, _ in arrows for name in (source, target))
    made = [
        _made(name) for name in named if f'id="{name}"' not in elements and (tasks or name.startswith(("start", "end")))
    ]
    return elements + "".join(made) + "".join(_arrow(*arrow) for arrow in arrows)


def _made(name: str) -> str:
    tag = "startEvent" if name.startswith("start") else "endEvent" if name.startswith("end") else "userTask"
    return f'<{tag} id="{name}"/>'


def _arrow(source: str, target: str, condition: str) -> str:
    text = condition.replace("&", "&amp;").replace("<", "&lt;")
    inside = f"<conditionExpression>{text}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def element(tag: str, key: str, inside: str = "", **attributes: str) -> str:
    """One element; attributes of `camunda:` with an underscore for the colon."""
    named = "".join(f' {name.replace("camunda_", "camunda:")}="{value}"' for name, value in attributes.items())
    return f'<{tag} id="{key}"{named}>{inside}</{tag}>'


def timer(text: str, kind: str = "Duration") -> str:
    """A timer event definition."""
    return f"<timerEventDefinition><time{kind}>{text}</time{kind}></timerEventDefinition>"


def condition(text: str) -> str:
    """A conditional event definition."""
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def event(kind: str, reference: str = "") -> str:
    """Any other event definition."""
    attribute = f' {kind}Ref="{reference}"' if reference else ""
    return f"<{kind}EventDefinition{attribute}/>"


def boundary(key: str, on: str, definition: str, *, interrupting: bool = True) -> str:
    """A boundary event on the activity `on`."""
    return element("boundaryEvent", key, definition, attachedToRef=on, cancelActivity=str(interrupting).lower())


def catch(key: str, definition: str) -> str:
    """An intermediate event that waits."""
    return element("intermediateCatchEvent", key, definition)


def throwing(key: str, definition: str) -> str:
    """An intermediate event that throws."""
    return element("intermediateThrowEvent", key, definition)


def end(key: str, definition: str) -> str:
    """An end event that throws."""
    return element("endEvent", key, definition)


def mappings(inputs: Mapping[str, str] | None = None, outputs: Mapping[str, str] | None = None) -> str:
    """An input and output mapping, and nothing else, as extension elements."""
    parts = [("inputParameter", inputs or {}), ("outputParameter", outputs or {})]
    text = "".join(f'<camunda:{tag} name="{n}">{v}</camunda:{tag}>' for tag, pairs in parts for n, v in pairs.items())
    return f"<extensionElements><camunda:inputOutput>{text}</camunda:inputOutput></extensionElements>"


def properties(**values: str) -> str:
    """`camunda:property` elements, as extension elements."""
    text = "".join(f'<camunda:property name="{name}" value="{value}"/>' for name, value in values.items())
    return f"<extensionElements><camunda:properties>{text}</camunda:properties></extensionElements>"


def several(collection: str = "", *, item: str = "", sequential: bool = False, inside: str = "") -> str:
    """Multi-instance characteristics."""
    given = f' camunda:collection="{collection}"' if collection else ""
    named = f' camunda:elementVariable="{item}"' if item else ""
    kind = str(sequential).lower()
    tag = "multiInstanceLoopCharacteristics"
    return f'<{tag} isSequential="{kind}"{given}{named}>{inside}</{tag}>'


class Shelf:
    """A library of models; each process gets the next definition id, and the newest of a key is active."""

    def __init__(self, *file_sets: bytes | Mapping[str, bytes]) -> None:
        self.definitions: list[tuple[int, Model, Process]] = []
        for files in file_sets:
            self.add(files)

    def add(self, files: bytes | Mapping[str, bytes]) -> None:
        model = reader.read({"model.bpmn": files} if isinstance(files, bytes) else files)
        for process in model.processes.values():
            self.definitions.append((len(self.definitions) + 1, model, process))

    def by_key(self, key: str) -> tuple[int, Model, Process]:
        found = [one for one in self.definitions if one[2].key == key]
        if not found:
            raise NotFound(f"There is no active process “{key}”.")
        return found[-1]

    def by_id(self, definition_id: int) -> tuple[int, Model, Process]:
        return self.definitions[definition_id - 1]


class Case:
    """A running instance of the first process of `shelf`."""

    def __init__(
        self, shelf: Shelf | bytes, *, start: str = "", now: datetime = NOW, options: Any = None, **values: Any
    ):
        self.shelf = shelf if isinstance(shelf, Shelf) else Shelf(shelf)
        self.now = now
        self.options = options or {}
        self.facts: list[Any] = []
        self.execution = self._fresh()
        self.execution.begin(values, start)
        self._settle(self.execution, ())

    # --- what happens

    def do(self, act: Any, parks: Iterable[int] = ()) -> Any:
        """Load the case, `act` on the execution, advance, keep the state."""
        execution = self._fresh().load(self.state)
        result = act(execution)
        self._settle(execution, parks)
        return result

    def do_parking(self, act: Any) -> Any:
        """As `do`; steps that fail are parked in a second run."""
        parks: list[int] = []
        while True:
            try:
                return self.do(act, parks)
            except StepFailed as failed:
                parks.append(failed.number)

    def complete(self, name: str, nth: int = 0, **values: Any) -> None:
        self.do(lambda execution: execution.complete(self.token(name, nth), values))

    def finish(self, name: str, nth: int = 0, **result: Any) -> bool:
        return self.do(lambda execution: execution.finish_work(self.token(name, nth), result))

    def fail(self, name: str, code: str, **variables: Any) -> bool:
        return self.do(lambda execution: execution.fail_work(self.token(name), BpmnError(code, variables=variables)))

    def message(self, name: str, **payload: Any) -> bool:
        return self.do(lambda execution: execution.deliver_message(self.token(name), payload))

    def set(self, **values: Any) -> None:
        self.do(lambda execution: execution.set_variables(values))

    def wait(self, **duration: float) -> list[str]:
        """Let time pass, and fire what is due then, one at a time; the ids of the events that fired."""
        self.now += timedelta(**duration)
        fired = []
        while due := [key for moment, key in self.execution.due_timers() if moment <= self.now]:
            fired.append(next(element for key, element, _ in self.execution.open_elements() if key == due[0]))
            assert self.do(lambda execution: execution.fire(due[0]))
        return fired

    # --- how it stands

    def token(self, name: str, nth: int = 0) -> str:
        """The id of the `nth` token that waits at the element `name`."""
        return [key for key, found, state in self.execution.open_elements() if found == name and state != "other"][nth]

    @property
    def open(self) -> list[str]:
        """Element ids of all tokens that wait for something, sorted."""
        return sorted(found for _, found, state in self.execution.open_elements() if state != "other")

    @property
    def states(self) -> dict[str, str]:
        """Element id → what its token waits for."""
        return {found: state for _, found, state in self.execution.open_elements()}

    @property
    def count(self) -> int:
        """How many tokens there are."""
        return len(self.execution.open_elements())

    @property
    def is_ended(self) -> bool:
        return self.execution.is_ended

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the instance."""
        return self.execution.scopes[""]

    @property
    def passed(self) -> list[str]:
        """Ids of the elements that were left, in order."""
        return [fact.element_id for fact in self.facts if isinstance(fact, Fact) and fact.kind == "left"]

    def told(self, kind: type) -> list[Any]:
        """Everything of one kind that was told so far."""
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def _fresh(self) -> Execution:
        return Execution(1, self.shelf, now=self.now, **self.options)

    def _settle(self, execution: Execution, parks: Iterable[int]) -> None:
        execution.advance(dict.fromkeys(parks, RedressError("it failed")))
        self.facts += execution.facts
        self.execution = execution
        self.state = execution.dump()
