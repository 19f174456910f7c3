"""What a dry run did, and the library of models that are not deployed."""

from dataclasses import dataclass, field
from datetime import datetime

from engine.bpmn.model import Model, Process
from engine.errors import NotFound
from engine.execution import Fact, WorkRequested


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

    def note(self, fact: Fact, at: datetime) -> None:
        """Keep what happened at an element."""
        self.events.append((at, fact.kind, fact.element_id))
        if fact.kind == "decided":
            self.decisions.setdefault(fact.detail["decision"], []).append(tuple(fact.detail["rules"]))

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
