"""Why a step failed: what it calculated, and with which values."""

from collections.abc import Iterator
from dataclasses import dataclass

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.elements import Element
from engine.bpmn.steps import DecisionStep, Step
from engine.bpmn.tokens import all_tokens
from engine.errors import DecisionFault, RedressError
from engine.execution.runner import BUDGET, StepFailed
from engine.execution.standing import Standing
from engine.execution.waiting import texts
from engine.execution.waiting.reading import named_values, text_of, values_read
from engine.execution.waiting.sentences import Said

#: In which order tokens at an element are taken for the one that failed there.
_STATES = (TaskState.ERROR, TaskState.COMPLETED, TaskState.READY, TaskState.FUTURE, TaskState.STARTED)


@dataclass(frozen=True)
class Failure:
    """A step that could not run. `said` tells what it calculated, with the values that it read."""

    element: Element
    error: RedressError
    said: tuple[Said, ...]
    #: whether it was stopped only because the run had taken too many steps
    is_endless: bool


def failure_of(execution: Standing, failed: StepFailed) -> Failure | None:
    """Why a step of `execution`, which must then be thrown away, failed; None where no token stands at it any more."""
    token = _token(execution, failed.element_id)
    if token is None:
        return None
    is_endless = failed.number > BUDGET
    said = () if is_endless else tuple(_calculated(execution, token, failed.error))
    return Failure(token.task_spec.element, failed.error, said, is_endless)


def _token(execution: Standing, element_id: str) -> Task | None:
    there = [token for token in all_tokens(execution.top) if token.task_spec.element.id == element_id]
    ranks = {state: rank for rank, state in enumerate(_STATES)}
    return min(there, key=lambda token: ranks.get(token.state, len(ranks)), default=None)


def _calculated(execution: Standing, token: Task, error: RedressError) -> Iterator[Said]:
    step: Step = token.task_spec
    why = error.params.get("why")
    text = why.params.get("text") if isinstance(why, RedressError) else None
    if isinstance(text, str):
        yield Said(texts.CALCULATED, {"text": text, "values": values_read(execution, token, text)})
    elif isinstance(error, DecisionFault) and isinstance(step, DecisionStep):
        yield from _decision(execution, token)
    elif token.state == TaskState.COMPLETED:
        yield from _conditions(execution, token)


def _conditions(execution: Standing, token: Task) -> Iterator[Said]:
    """The conditions of the flows that lead on, none of which held."""
    conditions = tuple(flow.condition for flow in token.task_spec.flows if flow.condition)
    if conditions:
        values = values_read(execution, token, *conditions)
        yield Said(texts.CONDITIONS, {"conditions": tuple(f"“{text}”" for text in conditions), "values": values})


def _decision(execution: Standing, token: Task) -> Iterator[Said]:
    decision = text_of(execution, token, token.task_spec.element.decision)
    decisions = execution.home(token)[1].decisions.get(decision)
    if decisions is not None:
        values = named_values(execution, token, set(decisions.get(decision).names))
        yield Said(texts.DECIDED, {"decision": decision, "values": values})
