"""The case on this engine, without its database."""

from typing import Any

from benchmarks.case import PROCESS, models
from engine import clock
from engine.bpmn import reader
from engine.bpmn.model import Model, Process
from engine.errors import NotFound
from engine.execution import Execution


class Shelf:
    """A library of the one definition."""

    def __init__(self) -> None:
        self._model = reader.read(models())

    def by_key(self, key: str) -> tuple[int, Model, Process]:
        """No other process is called."""
        raise NotFound(f"There is no active process “{key}”.")

    def bound(self, key: str, binding: str, version: str, caller: int) -> tuple[int, Model, Process]:  # noqa: ARG002
        """No other process is called."""
        return self.by_key(key)

    def by_id(self, definition_id: int) -> tuple[int, Model, Process]:
        """The definition."""
        return definition_id, self._model, self._model.process(PROCESS)


class Ours:
    """Redress, `engine.execution`."""

    def __init__(self) -> None:
        self._shelf = Shelf()

    def start(self) -> bytes:
        """Begin a case."""
        execution = Execution(1, self._shelf, now=clock.now())
        execution.begin({})
        execution.advance()
        return execution.dump()

    def step(self, state: bytes, element: str, values: dict[str, Any]) -> bytes:
        """Load, complete, advance, dump."""
        execution = Execution(1, self._shelf, now=clock.now()).load(state)
        token, waits = next((key, waits) for key, name, waits in execution.open_elements() if name == element)
        if waits == "work":
            execution.finish_work(token, values)
        else:
            execution.complete(token, values)
        execution.advance()
        return execution.dump()

    def open(self, state: bytes) -> list[str]:
        """What waits."""
        execution = Execution(1, self._shelf, now=clock.now()).load(state)
        return sorted(name for _, name, waits in execution.open_elements() if waits in {"task", "work"})
