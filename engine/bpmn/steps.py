"""The kinds of steps: our SpiffWorkflow task specs, one per BPMN element we run, on flat tokens (`engine.bpmn.tokens`).

A step is entered (`_update`), may wait, becomes ready, runs (`_run_hook`) and completes (`_on_complete`), upon which
its token goes on along the chosen sequence flows.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Element, Flow
from engine.bpmn.tokens import cancel, discard, here, is_there, place, put, settle, start_inner
from engine.errors import ModelFault


class Step(BpmnTaskSpec):
    """A flow element that completes at once: a plain task, a none event, a parallel fork."""

    is_manual = False

    def __init__(self, process: Any, name: str, element: Element) -> None:
        super().__init__(process, name, manual=self.is_manual)
        self.bpmn_id = element.id
        self.element = element
        self.flows: list[Flow] = []
        self.incoming: list[str] = []
        #: names of the boundary events attached to this activity
        self.boundary: list[str] = []

    def test(self) -> None:
        """Nothing to test: `engine.bpmn.checks` did, before the model was deployed."""

    def _predict(self, my_task: Task, *_args: Any, **_options: Any) -> None:
        """Nothing is predicted: tokens stand only where something is."""

    def _update(self, my_task: Task) -> None:
        here(my_task).entered(my_task)
        for name in self.boundary:
            event = put(my_task.workflow, self._wf_spec.task_specs[name], parent=my_task)
            event.task_spec._update(event)
        if is_there(my_task) and self._arrive(my_task):
            my_task._ready()

    def _arrive(self, token: Task) -> bool:
        """Whether a token that just entered is ready."""
        return True

    def _on_ready_hook(self, my_task: Task) -> None:
        here(my_task).todo.append(my_task)

    def _run_hook(self, my_task: Task) -> bool | None:
        return True

    def _on_complete(self, my_task: Task) -> None:
        if not is_there(my_task):
            return
        for child in my_task.children:
            cancel(child)
        owner = my_task.parent
        if isinstance(owner.task_spec, Repeat):
            owner.task_spec.item_ended(owner, my_task)
            return
        here(my_task).left(my_task)
        self._go_on(my_task)

    def _go_on(self, token: Task) -> None:
        flows, workflow = self._choose(token), token.workflow
        here(token).took(token, flows)
        branch = token.internal_data.get("branch", "")
        discard(token)
        for flow in flows:
            place(workflow, self._wf_spec.task_specs[flow.target], branch=branch, via=flow.id)
        settle(workflow)

    def _choose(self, token: Task) -> list[Flow]:
        """Unconditional flows and those whose condition holds; the default where no condition does (13.3.2)."""
        true = self._true(token)
        plain = [flow for flow in self.flows if not flow.condition and flow.id != self.element.default]
        return plain + (true or self._default())

    def _true(self, token: Task) -> list[Flow]:
        conditional = [flow for flow in self.flows if flow.condition and flow.id != self.element.default]
        return [flow for flow in conditional if here(token).evaluate(token, flow.condition) is True]

    def _default(self) -> list[Flow]:
        return [flow for flow in self.flows if flow.id == self.element.default]

    def fault(self, why: str, **params: object) -> ModelFault:
        """The error of this step, with `why` in English."""
        return ModelFault(element=self.element.name or self.element.id, why=why.format(**params))


class ManualStep(Step):
    """A user or manual task: ready until a person completes it."""

    is_manual = True

    def _on_ready_hook(self, my_task: Task) -> None:
        """A person runs it, not the runner."""


class ExternalStep(Step):
    """A service or send task done by a topic: the token waits for the job (BPMN 2.0.2, 13.3.3)."""

    def _run_hook(self, my_task: Task) -> None:
        here(my_task).request(my_task)


class ScriptStep(Step):
    """A script task in FEEL: its value goes to the result variable."""

    def _run_hook(self, my_task: Task) -> bool:
        value = here(my_task).evaluate(my_task, self.element.script)
        here(my_task).write(my_task, self.element.result, value)
        return True


class DecisionStep(Step):
    """A business rule task."""

    def _run_hook(self, my_task: Task) -> bool:
        here(my_task).decide(my_task)
        return True


class SubProcessStep(Step):
    """An embedded sub-process: its inside runs while the token is started."""

    inner: Any = None

    def _inner(self, token: Task) -> Any:
        return self.inner

    def _arrive(self, token: Task) -> bool:
        spec = self._inner(token)
        workflow = start_inner(token, spec)
        token._set_state(TaskState.STARTED)
        place(workflow, spec.task_specs[spec.first])
        return False


class CallStep(SubProcessStep):
    """A call activity: the called process runs in a scope of its own; only the mappings cross."""

    def _inner(self, token: Task) -> Any:
        return here(token).call(token)


class Repeat(Step):
    """A multi-instance or looping activity: owns one token per item that is running (13.3.6, 13.3.5)."""

    def __init__(self, process: Any, name: str, element: Element, item: Step) -> None:
        super().__init__(process, name, element)
        self.item = item
        assert element.loop is not None
        self.loop = element.loop

    def _arrive(self, token: Task) -> bool:
        token._set_state(TaskState.STARTED)
        state = token.internal_data
        if self.loop.kind == "standard":
            state |= {"count": 0}
            if self.loop.test_before and not self._again(token):
                return True
            self._start(token, 0, None)
            return False
        items = self._items(token)
        state |= {"total": len(items), "count": 0, "results": {}}
        if not items:
            return self._finish(token)
        if self.loop.kind == "sequential":
            state["items"] = items
            items = items[:1]
        for index, item in enumerate(items):
            self._start(token, index, item)
        return False

    def _items(self, token: Task) -> list[Any]:
        if self.loop.collection:
            items = here(token).evaluate(token, self.loop.collection)
            if not isinstance(items, list):
                raise self.fault("the collection “{text}” is not a list", text=self.loop.collection)
            return items
        count = here(token).evaluate(token, self.loop.cardinality)
        try:
            return list(range(int(count)))
        except (TypeError, ValueError):
            raise self.fault("the number of items “{text}” is not a number", text=self.loop.cardinality) from None

    def _start(self, token: Task, index: int, item: Any) -> None:
        values: dict[str, Any] = {"loopCounter": index}
        if self.loop.item:
            values[self.loop.item] = item
        child = Task(token.workflow, self.item, token, state=TaskState.FUTURE)
        child.internal_data["index"] = index
        here(token).open_scope(child, values)
        here(token).todo.append(child)

    def item_ended(self, token: Task, child: Task) -> None:
        """Collect the result of one item and decide whether others follow."""
        state = token.internal_data
        state["count"] += 1
        if self.loop.collect:
            result = here(child).evaluate(child, self.loop.item_result) if self.loop.item_result else None
            state["results"][str(child.internal_data["index"])] = result
        here(child).left(child)
        discard(child)
        if self._is_done(token):
            self._finish(token)
            token._ready()
        elif self.loop.kind == "sequential":
            self._start(token, state["count"], state["items"][state["count"]])
        elif self.loop.kind == "standard":
            self._start(token, state["count"], None)

    def _is_done(self, token: Task) -> bool:
        state = token.internal_data
        if self.loop.kind == "standard":
            return not self._again(token)
        if state["count"] >= state["total"]:
            return True
        if not self.loop.condition:
            return False
        here(token).open_scope(
            token,
            {
                "nrOfInstances": state["total"],
                "nrOfCompletedInstances": state["count"],
                "nrOfActiveInstances": len([c for c in token.children if c.task_spec is self.item]),
                **({self.loop.collect: self._results(token)} if self.loop.collect else {}),
            },
        )
        return here(token).evaluate(token, self.loop.condition) is True

    def _again(self, token: Task) -> bool:
        if self.loop.maximum is not None and token.internal_data["count"] >= self.loop.maximum:
            return False
        return not self.loop.condition or here(token).evaluate(token, self.loop.condition) is True

    def _results(self, token: Task) -> list[Any]:
        results = token.internal_data["results"]
        return [results[key] for key in sorted(results, key=int)]

    def _finish(self, token: Task) -> bool:
        for child in [child for child in token.children if child.task_spec is self.item]:
            cancel(child)
        if self.loop.collect:
            here(token).write(token, self.loop.collect, self._results(token))
        return True
