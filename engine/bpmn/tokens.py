"""Moving tokens: SpiffWorkflow's `Task` objects kept flat.

A token exists only where something is; nothing is predicted and nothing finished is kept. Its parent is the workflow's root,
except where something owns it: an activity its boundary events, a loop its items, an event-based gateway its events.
"""

from collections import deque
from collections.abc import Mapping
from typing import Any, Protocol

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Flow


class Surroundings(Protocol):
    """What the steps of a model need while they run; `engine.execution.Execution` is it."""

    #: Tokens that the runner takes up next: new ones that did not enter their step yet, and ready ones.
    todo: deque[Task]

    def evaluate(self, token: Task, text: str) -> Any:
        """The value of a FEEL text in the token's scope."""

    def value(self, token: Task, text: str) -> Any:
        """As `evaluate` where the text is wrapped as an expression, else the text itself."""

    def write(self, token: Task, name: str, value: Any) -> None:
        """Set a variable in the nearest scope that has it, else in the instance; record paths go to the record."""

    def open_scope(self, token: Task, values: Mapping[str, Any], *, root: bool = False) -> None:
        """Give the token a scope of its own; `root`: reading does not look further out from inside."""

    def open_branch(self, token: Task, values: Mapping[str, Any]) -> str:
        """A scope for a branch that starts at `token`; returns its id."""

    def deliver(self, token: Task, payload: Mapping[str, Any]) -> None:
        """Write a caught payload, through the output mapping where there is one."""

    def entered(self, token: Task) -> None:
        """A token reached an element."""

    def left(self, token: Task) -> None:
        """An element is done."""

    def took(self, token: Task, flows: list[Flow]) -> None:
        """A token goes on along sequence flows."""

    def cancelled(self, token: Task) -> None:
        """A token was taken away."""

    def fact(self, kind: str, token: Task, detail: Mapping[str, Any] | None = None) -> None:
        """Something happened that history and projections want to know."""

    def arm(self, token: Task) -> None:
        """Set the timer of a waiting event."""

    def subscribe(self, token: Task) -> None:
        """A token waits for a message."""

    def request(self, token: Task) -> None:
        """A token waits for external work."""

    def decide(self, token: Task) -> None:
        """Evaluate the decision of a business rule task and write its result."""

    def call(self, token: Task) -> Any:
        """The process specification that a call activity calls, bound now and remembered."""

    def send(self, token: Task, name: str) -> None:
        """Throw a message."""


def here(token: Task) -> Surroundings:
    """The surroundings in which `token` moves."""
    return token.workflow.script_engine


def put(workflow: Any, spec: Any, *, parent: Task | None = None, branch: str = "", via: str = "") -> Task:
    """A new token at `spec` that has not entered it yet."""
    token = Task(workflow, spec, parent or workflow.task_tree, state=TaskState.FUTURE)
    if branch:
        token.internal_data["branch"] = branch
    if via:
        token.internal_data["via"] = via
    return token


def place(workflow: Any, spec: Any, *, branch: str = "", via: str = "") -> None:
    """A new token that the runner lets enter `spec` as a step of its own."""
    token = put(workflow, spec, branch=branch, via=via)
    here(token).todo.append(token)


def is_there(token: Task) -> bool:
    """Whether the token still exists (another step may have taken it away)."""
    return token.workflow.tasks.get(token.id) is token


def discard(token: Task) -> None:
    """Take away a token that has done its work."""
    token.workflow._remove_task(token.id)


def cancel(token: Task) -> None:
    """Take away a token that has not done its work, with all that it owns."""
    for child in token.children:
        cancel(child)
    inner = token.workflow.top_workflow.subprocesses.pop(token.id, None)
    if inner is not None:
        for child in inner.task_tree.children:
            cancel(child)
    token._set_state(TaskState.CANCELLED)
    here(token).cancelled(token)
    discard(token)


def start_inner(token: Task, spec: Any) -> BpmnSubWorkflow:
    """Begin the inside of a sub-process or called process that `token` stands for."""
    top = token.workflow.top_workflow
    inner = BpmnSubWorkflow(spec, token.id, top, deserializing=True)
    inner.task_tree = Task(inner, spec.start, state=TaskState.COMPLETED)
    top.subprocesses[token.id] = inner
    return inner


def settle(workflow: Any) -> None:
    """End the inside of a sub-process when no token is left in it (BPMN 2.0.2, 13.3.4)."""
    owner = owner_of(workflow)
    if owner is not None and not workflow.task_tree.children:
        workflow.top_workflow.subprocesses.pop(owner.id, None)
        owner._ready()


def owner_of(workflow: Any) -> Task | None:
    """The token of the sub-process or call activity that `workflow` is the inside of; None for the process itself."""
    if workflow.parent_task_id is None:
        return None
    return workflow.top_workflow.get_task_from_id(workflow.parent_task_id)


def all_tokens(top: Any) -> list[Task]:
    """Every token of an instance, the insides of sub-processes after their owners."""
    found = list(top.task_tree.children)
    tokens = []
    while found:
        token = found.pop(0)
        tokens.append(token)
        found[:0] = token.children
        inner = top.subprocesses.get(token.id)
        if inner is not None:
            found[:0] = inner.task_tree.children
    return tokens
