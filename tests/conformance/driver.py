"""Runs a model of the corpus: the check, the reader, and a dry run through the steps that are expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine import clock, feel
from engine.bpmn import reader
from engine.bpmn.checks import Known, check
from engine.bpmn.model import Model
from engine.dryrun import DryRun, Models, run_to_rest
from engine.errors import ModelFault
from engine.execution import Execution
from engine.problems import Problem, errors_in
from tests.conformance.expectations import Case, Run, Step
from tests.models import NOW


@dataclass(frozen=True)
class Told:
    """How a run went."""

    path: list[str]
    #: the end event that ended the instance, `ended` (at none), `waiting` or `failed`
    outcome: str
    variables: dict[str, Any]
    #: virtual time that passed, in ISO 8601
    elapsed: str
    waits_for: list[str]


def problems(case: Case) -> list[Problem]:
    """What the check finds in the files of a case, which come from outside."""
    return check(case.files, Known.anything())


def refusals(case: Case) -> dict[str, tuple[str, ...]]:
    """Code → ids of the elements of all errors that the check finds."""
    found: dict[str, list[str]] = {}
    for problem in errors_in(problems(case)):
        found.setdefault(problem.code, []).append(problem.element_id)
    return {code: tuple(ids) for code, ids in found.items()}


def carry_out(case: Case, run: Run, *, through_bytes: bool = False) -> Told:
    """Run a case; `through_bytes`: its state is dumped and loaded before every step."""
    model = reader.read(case.files)
    dry = DryRun(model, _key(model, run), None, at=NOW, work=typed(run.work))
    has_failed = False
    try:
        _begin(dry, model, run)
        for step in run.steps:
            if through_bytes and not dry.is_ended:
                _through_bytes(dry, model)
            _perform(dry, step)
    except ModelFault:
        has_failed = True
    execution = dry.execution
    assert execution is not None, "the run did not begin"
    outcome = "failed" if has_failed else (dry.outcome or "ended") if dry.is_ended else "waiting"
    return Told(dry.trace.path, outcome, dry.variables(), feel.to_text(dry.now - NOW), waiting_at(execution))


def waiting_at(execution: Execution) -> list[str]:
    """Element ids of all tokens that wait for something, sorted."""
    return sorted(element for _, element, state in execution.open_elements() if state != "other")


def typed(value: Any) -> Any:
    """Values of YAML as FEEL's, through and through."""
    if isinstance(value, Mapping):
        return {str(name): typed(each) for name, each in value.items()}
    return [typed(each) for each in value] if isinstance(value, list) else feel.from_python(value)


def _begin(dry: DryRun, model: Model, run: Run) -> None:
    """Begin where the process begins, or at the event that happened."""
    if not run.begins:
        dry.start(typed(run.start))
        return
    library = Models(model)
    execution = dry.execution = Execution(library.by_key(_key(model, run))[0], library, now=dry.now)
    with clock.at(dry.now):
        execution.begin(typed(run.start), run.begins)
    dry.wait(timedelta())


def _key(model: Model, run: Run) -> str:
    """The process that runs: the one that is named, else the first of the first file."""
    return run.process or next(iter(model.processes))


def _perform(dry: DryRun, step: Step) -> None:
    """One step; an AssertionError says what it was waiting for in vain."""
    execution, values = dry.execution, typed(step.values)
    assert execution is not None
    match step.kind:
        case "answer":
            dry.complete(step.about, values, step.item)
        case "message" | "signal":
            assert dry.message(step.about, values), f"nothing waits for the {step.kind} {step.about}"
        case "wait":
            duration = feel.parse_duration(step.about)
            assert isinstance(duration, timedelta), f"“{step.about}” is no duration"
            dry.wait(duration)
        case "set":
            _set(dry, typed(step.about))
        case "rest":
            run_to_rest(dry, typed(step.about))
        case "waits_for":
            found = waiting_at(execution)
            assert found == sorted(step.about), f"open are {found}, expected {sorted(step.about)}"


def _set(dry: DryRun, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        dry.set(name, value)


def _through_bytes(dry: DryRun, model: Model) -> None:
    """Put an execution into the dry run that was dumped and loaded."""
    before = dry.execution
    assert before is not None
    dry.execution = Execution(before.definition_id, Models(model), now=dry.now).load(before.dump())
