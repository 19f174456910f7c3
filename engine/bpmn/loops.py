"""Activities that run several times: multi-instance (BPMN 2.0.2, 13.3.7) and standard loops (13.3.6)."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Element, Loop
from engine.bpmn.events import catches
from engine.bpmn.steps import Step
from engine.bpmn.throwing import throw_event
from engine.bpmn.tokens import Token, cancel, discard, here, is_there

#: Items of one multi-instance activity; each is at least one token in the state.
MAX_ITEMS = 1_000


class Repeat(Step):
    """A multi-instance or looping activity: owns one token per item that is running, and its boundary events.

    The token keeps `total` and `count` (items to do, items done), `results` by index as text, and for a sequential one
    `items`.
    """

    repeats = True

    def __init__(self, process: Any, name: str, element: Element, loop: Loop, item: Step) -> None:
        super().__init__(process, name, element)
        self.loop = loop
        self.item = item

    def _arrive(self, token: Task) -> bool:
        token._set_state(TaskState.STARTED)
        state = token.internal_data
        if self.loop.kind == "standard":
            state["count"] = 0
            if self.loop.test_before and not self._again(token):
                return True
            self._start(token, 0, None)
            return False
        items = self._items(token)
        state |= {"total": len(items), "count": 0, "results": {}}
        if not items:
            self._finish(token)
            return True
        if self.loop.kind == "sequential":
            state["items"] = items
            items = items[:1]
        for index, item in enumerate(items):
            self._start(token, index, item)
        return False

    def _items(self, token: Task) -> list[Any]:
        text = self.loop.collection or self.loop.cardinality
        value = here(token).evaluate(token, text)
        if self.loop.collection and not isinstance(value, list):
            raise self.fault("the collection “{text}” is not a list", text=text)
        items = value if isinstance(value, list) else range(self._count(value))
        if len(items) > MAX_ITEMS:
            raise self.fault("{count} items are more than the {limit} that run", count=len(items), limit=MAX_ITEMS)
        return list(items)

    def _count(self, value: Any) -> int:
        try:
            return min(max(int(value), 0), MAX_ITEMS + 1)
        except (TypeError, ValueError, OverflowError):
            raise self.fault("the number of items “{text}” is not a number", text=self.loop.cardinality) from None

    def _start(self, token: Task, index: int, item: Any) -> None:
        child = Token(token.workflow, self.item, token, TaskState.FUTURE)
        child.internal_data["index"] = index
        here(token).open_scope(child, {"loopCounter": index} | ({self.loop.item: item} if self.loop.item else {}))
        here(token).queue(child)

    def item_ended(self, token: Task, child: Task) -> None:
        """Collect the result of one item and decide whether others follow."""
        state = token.internal_data
        state["count"] += 1
        if self.loop.collect:
            result = here(child).evaluate(child, self.loop.item_result) if self.loop.item_result else None
            state["results"][str(child.internal_data["index"])] = result
        here(child).hand_over(child)
        here(child).left(child)
        discard(child)
        self._tell(token)
        if not is_there(token):
            return
        if self._is_done(token):
            self._finish(token)
            token._ready()
        elif self.loop.kind != "parallel":
            items = state.get("items", [])
            self._start(token, state["count"], items[state["count"]] if items else None)

    def _is_done(self, token: Task) -> bool:
        state = token.internal_data
        if self.loop.kind == "standard":
            return not self._again(token)
        if state["count"] >= state["total"]:
            return True
        if not self.loop.condition:
            return False
        return here(token).evaluate(token, self.loop.condition, self._counts(token)) is True

    def _counts(self, token: Task) -> dict[str, Any]:
        """What conditions of the activity itself see: the attributes of table 10.30, and the results so far."""
        state = token.internal_data
        running = sum(1 for child in token.children if child.task_spec is self.item)
        counts = {
            "nrOfInstances": state.get("total", 0),
            "nrOfCompletedInstances": state["count"],
            "nrOfActiveInstances": running,
            "numberOfInstances": state.get("total", 0),
            "numberOfCompletedInstances": state["count"],
            "numberOfActiveInstances": running,
            "numberOfTerminatedInstances": 0,
        }
        return counts | ({self.loop.collect: self._results(token)} if self.loop.collect else {})

    def _tell(self, token: Task) -> None:
        """Throw what the activity throws when an item ends, for its edge to catch (BPMN 2.0.2, table 10.29)."""
        loop, counts = self.loop, self._counts(token)
        thrown = {
            "None": [loop.none_event],
            "One": [loop.one_event] if token.internal_data["count"] == 1 else [],
            "Complex": [event for text, event in loop.complex if here(token).evaluate(token, text, counts) is True],
        }
        for event in thrown.get(loop.behavior, []):
            if is_there(token) and event.kind == "signal" and not event.name:
                self._sound(token, counts)
            elif is_there(token):
                throw_event(token, event)

    @staticmethod
    def _sound(token: Task, counts: Mapping[str, Any]) -> None:
        """Throw the default signal, which carries `counts`: it has no name, so that only the edge can catch it."""
        for edge in token.children:
            element = edge.task_spec.element
            # An event that says no signal got one on reading, named like itself.
            is_open = element.event.name in {"", element.name, element.id}
            if is_there(edge) and is_open and catches(edge, "signal", element.event.name):
                edge.task_spec.fire(edge, own=counts)

    def _again(self, token: Task) -> bool:
        count = token.internal_data["count"]
        if self.loop.maximum is not None and count >= self.loop.maximum:
            return False
        condition = self.loop.condition
        return not condition or here(token).evaluate(token, condition, {"loopCounter": count}) is True

    def _results(self, token: Task) -> list[Any]:
        results = token.internal_data.get("results", {})
        return [results[key] for key in sorted(results, key=int)]

    def _finish(self, token: Task) -> None:
        for child in token.children:
            if child.task_spec is self.item:
                cancel(child)
        if self.loop.collect and self.loop.kind != "standard":
            here(token).write(token, self.loop.collect, self._results(token))
