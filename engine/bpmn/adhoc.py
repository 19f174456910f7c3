"""Ad-hoc sub-processes: activities in no given order (BPMN 2.0.2, 10.3.5 and 13.3.5)."""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.steps import SubProcessStep
from engine.bpmn.tokens import Inside, cancel, here, place, settle


class AdHocStep(SubProcessStep):
    """Every activity without incoming flow is offered once: all at the same time, or one after the other.

    The sub-process is done when its completion condition holds after one of them, or when nothing is left. The token
    keeps in `offers` the names of the steps still to be offered.
    """

    def _arrive(self, token: Task) -> bool:
        token._set_state(TaskState.STARTED)
        inside = Inside(self.inner, token)
        for name in self.inner.listeners:
            place(inside, self.inner.task_specs[name])
        names = list(self.inner.first)
        if self.element.container.ordering == "Sequential":
            token.internal_data["offers"] = names[1:]
            names = names[:1]
        for name in names:
            place(inside, self.inner.task_specs[name])
        settle(inside)
        return False

    def one_ended(self, token: Task, inside: Any) -> None:
        """Perhaps what is done is enough."""
        says = self.element.container
        if not says.completion_condition or here(token).evaluate(token, says.completion_condition) is not True:
            return
        token.internal_data["offers"] = []
        if says.cancel_remaining:
            for other in inside.task_tree.children:
                cancel(other)

    def inside_ended(self, token: Task, inside: Any) -> None:
        """Offer the next activity, or be done."""
        offers = token.internal_data.get("offers", [])
        if offers and "undo" not in token.internal_data:
            place(inside, self.inner.task_specs[offers.pop(0)])
            return
        super().inside_ended(token, inside)
