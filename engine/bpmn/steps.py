"""The kinds of steps: our SpiffWorkflow task specs, one per BPMN element we run, on flat tokens (`engine.bpmn.tokens`).

A step is entered (`_update`), may wait, becomes ready, runs (`_run_hook`) and completes (`_on_complete`), upon which
its token goes on along the chosen sequence flows. Steps are shared by all instances and never change while they run.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Element, Flow
from engine.bpmn.tokens import (
    Inside,
    activity_around,
    begin,
    cancel,
    discard,
    here,
    is_there,
    owner_of,
    place,
    put,
    settle,
    undo_next,
)
from engine.errors import ModelFault, RedressError


class Step(BpmnTaskSpec):  # type: ignore[misc]
    """A flow element that completes at once: a plain task, a none event, a parallel fork."""

    is_manual = False
    #: whether its token keeps the process or sub-process around it from ending
    keeps_open = True
    #: whether its token owns one token per item of a loop
    repeats = False

    def __init__(self, process: Any, name: str, element: Element) -> None:
        super().__init__(process, name, manual=self.is_manual)
        self.bpmn_id = element.id
        self.element = element
        self.flows: list[Flow] = []
        #: ids of the incoming sequence flows
        self.incoming: list[str] = []
        #: names of the steps from which a token comes here: sources of flows, and the activity of a boundary event
        self.before: list[str] = []
        #: names of the boundary events attached to this activity
        self.boundary: list[str] = []
        #: name of the step that undoes this activity
        self.undone_by = ""
        #: whether compensation has to know when this activity is done
        self.can_be_undone = False

    def test(self) -> None:
        """Nothing to test: `engine.bpmn.checks` did, before the model was deployed."""

    def _predict(self, my_task: Task, *_args: Any, **_options: Any) -> None:
        """Nothing is predicted: tokens stand only where something is."""

    def _update(self, my_task: Task) -> None:
        if self.element.quantities.start > 1 and not self._gather(my_task):
            return
        here(my_task).entered(my_task)
        for name in self.boundary:
            if is_there(my_task):
                event = put(my_task.workflow, self._wf_spec.task_specs[name], parent=my_task)
                event.task_spec._update(event)
        if is_there(my_task) and self._arrive(my_task):
            my_task._ready()

    def _gather(self, token: Task) -> bool:
        """Whether as many tokens are here as the activity begins with; the others are one with `token` then."""
        token._set_state(TaskState.WAITING)
        waiting = [
            other
            for other in token.workflow.task_tree.children
            if other.task_spec is self and other.state == TaskState.WAITING
        ]
        if len(waiting) < self.element.quantities.start:
            return False
        for other in waiting:
            if other is not token:
                discard(other)
        token._set_state(TaskState.FUTURE)
        return True

    def _arrive(self, token: Task) -> bool:  # noqa: ARG002 - others look at it
        """Whether a token that just entered is ready."""
        return True

    def _on_ready_hook(self, my_task: Task) -> None:
        here(my_task).queue(my_task)

    def _run_hook(self, my_task: Task) -> bool | None:  # noqa: ARG002 - others look at it
        return True

    def _on_complete(self, my_task: Task) -> None:
        if not is_there(my_task):
            return
        for child in my_task.children:
            cancel(child)
        is_undone = "for" in my_task.internal_data
        if self.can_be_undone and not is_undone:
            here(my_task).remember(my_task)
        owner = owner_of(my_task)
        if owner is not None:
            owner.task_spec.item_ended(owner, my_task)
            return
        here(my_task).hand_over(my_task)
        flows = [] if is_undone else self._choose(my_task)
        here(my_task).left(my_task)
        self._go_on(my_task, flows)

    def _go_on(self, token: Task, flows: list[Flow]) -> None:
        workflow, branch = token.workflow, token.internal_data.get("branch", "")
        here(token).took(token, flows)
        discard(token)
        for flow in flows:
            for _ in range(self.element.quantities.completion):
                place(workflow, self._wf_spec.task_specs[flow.target], branch=branch, via=flow.id)
        activity = activity_around(workflow)
        if activity is not None:
            activity.task_spec.one_ended(activity, workflow)
        settle(workflow)

    def _choose(self, token: Task) -> list[Flow]:
        """Unconditional flows, and those whose condition holds or else the default (BPMN 2.0.2, 13.3.2)."""
        default = self.element.default
        plain = [flow for flow in self.flows if not flow.condition and flow.id != default]
        true = [flow for flow in self.flows if flow.id != default and self.holds(token, flow)]
        chosen = plain + (true or [flow for flow in self.flows if flow.id == default])
        if self.flows and not chosen:
            raise self.fault("no condition holds and there is no default flow")
        return chosen

    def holds(self, token: Task, flow: Flow) -> bool:
        """Whether `flow` has a condition that is true."""
        return bool(flow.condition) and here(token).evaluate(token, flow.condition) is True

    def fault(self, why: str, **params: object) -> ModelFault:
        """The error of this step, with `why` in English."""
        return ModelFault(element=self.element.name or self.element.id, why=RedressError(why, **params))


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
        if self.element.result:
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

    def _inner(self, token: Task) -> Any:  # noqa: ARG002 - a call activity looks at it
        return self.inner

    def _arrive(self, token: Task) -> bool:
        spec = self._inner(token)
        token._set_state(TaskState.STARTED)
        inside = Inside(spec, token)
        if "undo" not in token.internal_data:
            begin(inside)
        elif spec.undone_by:
            here(token).done(inside).extend(token.internal_data.pop("undo"))
            place(inside, spec.task_specs[spec.undone_by])
        else:
            settle(inside)
        return False

    def one_ended(self, token: Task, inside: Any) -> None:
        """A token inside left its element."""

    def inside_ended(self, token: Task, inside: Any) -> None:
        """No token is left inside: the sub-process is done, or the next of its activities is undone."""
        if undo_next(token, inside):
            return
        token.workflow.top_workflow.subprocesses.pop(token.id)
        token._ready()


class CallStep(SubProcessStep):
    """A call activity: the called process runs in a scope of its own; only the mappings cross."""

    def _inner(self, token: Task) -> Any:
        return here(token).call(token)

    def _run_hook(self, my_task: Task) -> bool:
        here(my_task).returned(my_task)
        return True


class EventSubProcessStep(SubProcessStep):
    """An event sub-process: no flow leads to it, its start event's listener does (BPMN 2.0.2, 13.3.4)."""

    def item_ended(self, token: Task, undoing: Task) -> None:
        """Something around this was undone for an event inside it."""
        here(undoing).hand_over(undoing)
        here(undoing).left(undoing)
        inside, waiting = token.workflow.top_workflow.subprocesses[token.id], undoing.internal_data["for"]
        discard(undoing)
        inside.tasks[waiting]._ready()
