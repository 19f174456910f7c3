"""Compensation and cancelling: undoing what was done, the last first (BPMN 2.0.2, 10.7, 13.3.4 and 13.5.5)."""

from SpiffWorkflow.task import Task

from engine.bpmn.steps import EventSubProcessStep
from engine.bpmn.throwing import ThrowEvent, catch_at
from engine.bpmn.tokens import Done, activity_around, cancel, discard, here, put, settle, undo_next


class CompensationEvent(ThrowEvent):
    """Undoes completed activities one after the other, the last first, and waits for it.

    Inside an event sub-process it reaches what was done in the scope around that. Where it is not to wait
    (`waitForCompletion`, 10.5.5), its token goes on at once, and another one stays at the event until all is undone.
    """

    def _run_hook(self, my_task: Task) -> bool | None:
        if "undo" not in my_task.internal_data:
            super()._run_hook(my_task)
            self._take(my_task)
            if not self._waits:
                self._leave_behind(my_task)
                return True
        workflow, owner = my_task.workflow, my_task
        for _ in range(my_task.internal_data["outward"]):
            owner, workflow = workflow.owner, workflow.parent_workflow
        return None if undo_next(my_task, workflow, owner) else True

    def _on_complete(self, my_task: Task) -> None:
        if not my_task.internal_data.get("behind"):
            super()._on_complete(my_task)
            return
        workflow = my_task.workflow
        discard(my_task)
        settle(workflow)

    def item_ended(self, token: Task, undoing: Task) -> None:
        """One activity was undone."""
        here(undoing).hand_over(undoing)
        here(undoing).left(undoing)
        discard(undoing)
        token._ready()

    @property
    def _waits(self) -> bool:
        return all(event.waits for event in self.element.events)

    def _leave_behind(self, token: Task) -> None:
        """Let another token undo what `token` took, which leads nowhere then."""
        behind = put(token.workflow, self, branch=token.internal_data.get("branch", ""))
        behind.internal_data |= {name: token.internal_data.pop(name) for name in ("undo", "outward")}
        behind.internal_data["behind"] = True
        behind._ready()

    def _take(self, token: Task) -> None:
        """Take what this event undoes out of what is kept, in the order of completion."""
        named = next((event.activity for event in self.element.events if event.kind == "compensate"), "")
        workflow, outward = token.workflow, 0
        while True:
            specs, kept = workflow.spec.task_specs, here(token).done(workflow)
            chosen: list[Done] = [done for done in kept if not named or specs[done["name"]].element.id == named]
            activity = activity_around(workflow)
            if chosen or activity is None or not isinstance(activity.task_spec, EventSubProcessStep):
                break
            workflow, outward = activity.workflow, outward + 1
        kept[:] = [done for done in kept if done not in chosen]
        token.internal_data |= {"undo": chosen, "outward": outward}


class CancelEnd(CompensationEvent):
    """Cancels the transaction around it: everything in it stops, what was done is undone, and the edge catches it."""

    def _run_hook(self, my_task: Task) -> bool | None:
        if "undo" not in my_task.internal_data:
            for other in my_task.workflow.task_tree.children:
                if other is not my_task:
                    cancel(other)
        return super()._run_hook(my_task)

    def _on_complete(self, my_task: Task) -> None:
        transaction = my_task.workflow.owner
        around = transaction.workflow
        here(my_task).hand_over(my_task)
        here(my_task).left(my_task)
        if not catch_at(transaction, "cancel", ""):
            cancel(transaction)
            settle(around)
