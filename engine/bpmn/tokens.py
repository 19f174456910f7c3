"""Moving tokens: SpiffWorkflow's `Task` objects kept flat.

A token exists only where something is; nothing is predicted and nothing finished is kept. Its parent is the workflow's
root, except where something owns it: an activity its boundary events, a loop its items, an event-based gateway its
events.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from uuid import uuid4

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Event, Flow

# SpiffWorkflow writes what a token carries into its log records, and composes them even where nobody reads them.
for _name in ("spiff", "spiff.task", "spiff.workflow"):
    logging.getLogger(_name).setLevel(logging.WARNING)

NOTHING: Mapping[str, Any] = {}

#: A completed activity that can be undone: `name` of its step, `values` of its scope, and of a sub-process what is
#: `inside`.
Done = dict[str, Any]


class Surroundings(Protocol):
    """What the steps of a model need while they run; `engine.execution.Execution` is it."""

    def evaluate(self, token: Task, text: str, local: Mapping[str, Any] = NOTHING) -> Any:
        """The value of a FEEL text in the token's scope, with `local` names in front of it."""

    def write(self, token: Task, name: str, value: Any) -> None:
        """Set a variable in the nearest scope that has it, else outermost; record paths go to the record."""

    def open_scope(self, token: Task, values: Mapping[str, Any]) -> None:
        """Give the token a scope of its own."""

    def branch_off(self, token: Task, branch: str, own: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
        """Let `token` go on behind a boundary event whose activity is in `branch`, with what the event brings."""

    def take(self, token: Task, values: Mapping[str, Any]) -> None:
        """Write a caught payload, through the output mapping where there is one."""

    def queue(self, token: Task) -> None:
        """A token can move: it has not entered its step yet, or is ready."""

    def entered(self, token: Task) -> None:
        """A token reached an element."""

    def hand_over(self, token: Task) -> None:
        """What an element did is done: write its output mapping outward and close its scope."""

    def left(self, token: Task) -> None:
        """An element is done, and it is clear where the token goes."""

    def ended(self, token: Task) -> None:
        """The instance ends at this end event, wherever it stands."""

    def remember(self, token: Task) -> None:
        """An activity is done that may have to be undone: keep it for compensation."""

    def done(self, workflow: Any) -> list[Done]:
        """What is kept for compensation of `workflow`, in the order of completion; may be changed."""

    def took(self, token: Task, flows: list[Flow]) -> None:
        """A token goes on along sequence flows."""

    def cancelled(self, token: Task) -> None:
        """A token was taken away."""

    def fact(self, kind: str, token: Task, detail: Mapping[str, Any] = NOTHING) -> None:
        """Something happened that history and projections want to know."""

    def arm(self, token: Task) -> None:
        """Set the timer of a waiting event."""

    def subscribe(self, token: Task) -> None:
        """A token waits for a message."""

    def watch(self, token: Task) -> None:
        """A token waits for its condition, which is looked at after every write."""

    def request(self, token: Task) -> None:
        """A token waits for external work."""

    def decide(self, token: Task) -> None:
        """Evaluate the decision of a business rule task and write its result."""

    def call(self, token: Task) -> Any:
        """The process specification that a call activity calls, bound now and remembered."""

    def returned(self, token: Task) -> None:
        """The called process ended: write what comes back."""

    def send(self, token: Task, event: Event) -> None:
        """Throw a message."""

    def broadcast(self, token: Task, name: str) -> Mapping[str, Any]:
        """Throw a signal that other instances hear too; gives what it carries."""


class Token(Task):  # type: ignore[misc]
    """SpiffWorkflow's task, with a text as id and without its log records, which take a third of the time of a step."""

    def __init__(self, workflow: Any, spec: Any, parent: Task | None, state: int, key: str = "") -> None:
        super().__init__(workflow, spec, parent, state, key or str(uuid4()))

    def _set_state(self, value: int) -> None:
        self._state = value


class Inside(BpmnSubWorkflow):  # type: ignore[misc]
    """The inside of a sub-process or called process; `owner` is the token of the activity."""

    def __init__(self, spec: Any, owner: Task) -> None:
        self.owner = owner
        super().__init__(spec, owner.id, owner.workflow.top_workflow, deserializing=True)
        plant(self)
        self.top_workflow.subprocesses[owner.id] = self

    @property
    def parent_workflow(self) -> Any:
        """The workflow that the activity stands in."""
        return self.owner.workflow


def plant(workflow: Any) -> None:
    """Give `workflow` the root that its tokens hang from."""
    workflow.task_tree = Token(workflow, workflow.spec.start, None, TaskState.COMPLETED, "root")


def here(token: Task) -> Surroundings:
    """The surroundings in which `token` moves."""
    surroundings: Surroundings = token.workflow.script_engine
    return surroundings


def put(workflow: Any, spec: Any, *, parent: Task | None = None, branch: str = "", via: str = "") -> Task:
    """A new token at `spec` that has not entered it yet; it came on the sequence flow `via`."""
    token = Token(workflow, spec, parent or workflow.task_tree, TaskState.FUTURE)
    if branch:
        token.internal_data["branch"] = branch
    if via:
        token.internal_data["via"] = via
    return token


def place(workflow: Any, spec: Any, *, branch: str = "", via: str = "") -> None:
    """A new token that the runner lets enter `spec` as a step of its own."""
    token = put(workflow, spec, branch=branch, via=via)
    here(token).queue(token)


def is_there(token: Task) -> bool:
    """Whether the token still exists (another step may have taken it away)."""
    return token.workflow.tasks.get(token.id) is token


def owner_of(token: Task) -> Task | None:
    """The activity, loop or gateway that owns `token`; None for a token that moves by itself."""
    parent = token.parent
    return None if parent is token.workflow.task_tree else parent


def activity_around(workflow: Any) -> Task | None:
    """The token whose inside `workflow` is: of a sub-process or call activity; None for the process itself."""
    return workflow.owner if isinstance(workflow, Inside) else None


def loop_around(token: Task) -> Task | None:
    """The token of the loop that `token` is an item of; None for other tokens."""
    owner = owner_of(token)
    return owner if owner is not None and owner.task_spec.repeats else None


def release(token: Task) -> None:
    """Let a token that something owns move by itself."""
    token.parent._children.remove(token.id)
    token.parent = token.workflow.task_tree
    token.parent._children.append(token.id)


def discard(token: Task) -> None:
    """Take away a token that has done its work."""
    token.workflow._remove_task(token.id)


def cancel(token: Task) -> None:
    """Take away a token that has not done its work, with all that it owns."""
    for child in token.children:
        cancel(child)
    inside = token.workflow.top_workflow.subprocesses.pop(token.id, None)
    if inside is not None:
        for child in inside.task_tree.children:
            cancel(child)
    here(token).cancelled(token)
    discard(token)


def begin(workflow: Any, start: str = "") -> None:
    """Place the first tokens: at `start`, or where the specification begins; event sub-processes listen before that."""
    spec = workflow.spec
    for name in spec.listeners:
        place(workflow, spec.task_specs[name])
    for name in [start] if start else spec.first:
        place(workflow, spec.task_specs[name])
    settle(workflow)


def settle(workflow: Any) -> None:
    """End a process or the inside of a sub-process when no token but listeners is left in it (BPMN 2.0.2, 13.3.4)."""
    if any(workflow.tasks[key].task_spec.keeps_open for key in workflow.task_tree._children):
        return
    for listener in workflow.task_tree.children:
        cancel(listener)
    activity = activity_around(workflow)
    if activity is not None:
        activity.task_spec.inside_ended(activity, workflow)


def undo_next(token: Task, workflow: Any, owner: Task | None = None) -> bool:
    """Begin undoing the next activity of `workflow` that `token` has to undo; False when none is left.

    The token that does it belongs to `owner`.
    """
    todo: list[Done] = token.internal_data.get("undo", [])
    if not todo:
        return False
    done = todo.pop()
    step = workflow.spec.task_specs[done["name"]]
    once = step.item if step.repeats else step
    undoing = put(workflow, workflow.spec.task_specs[step.undone_by] if step.undone_by else once, parent=owner)
    undoing.internal_data["for"] = token.id
    if not step.undone_by:
        undoing.internal_data["undo"] = done["inside"]
    if done["values"]:
        here(undoing).open_scope(undoing, done["values"])
    here(undoing).queue(undoing)
    return True


def all_tokens(top: Any) -> Iterator[Task]:
    """Every token of an instance, each before what it owns and what is inside it."""
    waiting = top.task_tree.children[::-1]
    while waiting:
        token = waiting.pop()
        yield token
        inside = top.subprocesses.get(token.id)
        if inside is not None:
            waiting += inside.task_tree.children[::-1]
        waiting += token.children[::-1]
