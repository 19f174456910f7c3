"""What a dry run did, and the library of models that are not deployed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.bpmn.model import Model, Process
from engine.errors import NotFound
from engine.execution import Fact, WorkRequested

#: Elements in the longest circle that is looked for.
_ROUND = 500


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
    #: how often an answer was taken, by its key: id of a task, or name of a message
    answered: Counter[str] = field(default_factory=Counter)
    #: (name, element id) of every signal that the diagram threw
    signals: list[tuple[str, str]] = field(default_factory=list)
    #: (element id, decision, inputs by their text) of every decision that gave nothing
    undecided: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)

    def note(self, fact: Fact, at: datetime) -> None:
        """Keep what happened at an element."""
        self.events.append((at, fact.kind, fact.element_id))
        if fact.kind == "decided":
            decision, values = fact.detail["decision"], fact.values or {}
            self.decisions.setdefault(decision, []).append(tuple(fact.detail["rules"]))
            if values.get("value") in (None, [], {}):
                self.undecided.append((fact.element_id, decision, values.get("inputs", {})))

    @property
    def path(self) -> list[str]:
        """The element ids in the order in which they completed."""
        return [element for _, kind, element in self.events if kind == "left"]

    @property
    def circle(self) -> tuple[str, ...]:
        """The elements that the run went round at its end, in the order of the last round; empty if it did not."""
        path = self.path[-_ROUND * 2 :][::-1]
        for length in range(1, len(path) // 2 + 1):
            if path[:length] == path[length : 2 * length]:
                return tuple(path[:length][::-1])
        seen = Counter(path)
        return tuple(dict.fromkeys(element for element in path[::-1] if seen[element] > 1))

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

    def bound(self, key: str, binding: str, version: str, caller: int) -> tuple[int, Model, Process]:  # noqa: ARG002
        """The process called `key`: of each there is the one version that is tried out. Raises NotFound."""
        return self.by_key(key)
