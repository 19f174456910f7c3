"""Running one scenario: its steps in virtual time, or its decision tables."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine import access, clock, feel
from engine.applications import Application
from engine.bpmn.model import Model
from engine.dryrun import DryRun
from engine.errors import InvalidForm, InvalidInput, RedressError
from engine.execution.scopes import set_nested
from engine.identity import Actor
from engine.organisation import NOWHERE
from engine.scenarios.expected import check
from engine.scenarios.files import Result, Scenario
from engine.scenarios.typed import duration_of, moment_of, typed, typed_map


def run(scenario: Scenario, model: Model, application: Application) -> Result:
    """Run one scenario; what goes wrong stands in the result's failures."""
    start = scenario.content["start"]
    at = moment_of(start["at"])
    if "decide" in scenario.content:
        with clock.at(at):
            return _tables(scenario, model, application)
    result = Result(scenario)
    process = str(start.get("process", application.key))
    dry = DryRun(model, process, application, at=at, work=typed_map(scenario.content.get("work") or {}))
    acted: dict[str, set[str]] = {}
    try:
        dry.start(typed_map(start.get("values", {})), str(start.get("event", "")))
        for number, step in enumerate(scenario.content.get("steps") or [], 1):
            _step(dry, step, number, acted, result)
        check(dry, scenario.content.get("expect") or {}, result)
    except RedressError as error:
        result.failures.append(f"{error.message} (at {dry.now.astimezone(clock.zone()):%Y-%m-%d %H:%M})")
    result.elements = {element for _, _, element in dry.trace.events}
    result.rules = {
        (decision, rule) for decision, runs in dry.trace.decisions.items() for rules in runs for rule in rules
    }
    return result


def _tables(scenario: Scenario, model: Model, application: Application) -> Result:
    result = Result(scenario)
    for number, one in enumerate(scenario.content["decide"], 1):
        decision = str(one["decision"])
        context: dict[str, Any] = {}
        for path, value in typed_map(one.get("given") or {}).items():
            set_nested(context, path, value)
        try:
            outcome = model.decisions[decision].decide(decision, context, application.functions)
        except (KeyError, RedressError) as error:
            result.failures.append(f"row {number}: “{decision}” cannot be asked ({type(error).__name__})")
            continue
        result.rules |= {(decision, rule) for rule in outcome.matched}
        if list(outcome.matched) != (one.get("rules") or []):
            result.failures.append(f"row {number}: matched {list(outcome.matched)}, expected {one.get('rules')}")
        if "result" in one and outcome.value != typed(one["result"]):
            result.failures.append(f"row {number}: gave {feel.to_text(outcome.value)}, expected {one['result']}")
    return result


def _step(dry: DryRun, step: Mapping[str, Any], number: int, acted: dict[str, set[str]], result: Result) -> None:
    if "after" in step:
        dry.wait(duration_of(step["after"]))
    try:
        _do(dry, step, acted, result)
    except RedressError as error:
        if not step.get("refused"):
            raise InvalidInput(why=f"step {number}: {error.message}") from error
    else:
        if step.get("refused"):
            result.failures.append(f"step {number}: expected to be refused, but it was accepted")


def _do(dry: DryRun, step: Mapping[str, Any], acted: dict[str, set[str]], result: Result) -> None:
    if "task" in step:
        _duty(dry, step, acted, result)
        answers = typed_map(step.get("answers") or {})
        if "fields" in step:
            answers |= _filled_in(dry, step["task"], step["fields"], str(step.get("item", "")))
        dry.complete(step["task"], answers, str(step.get("item", "")))
    elif "message" in step:
        waited_for = dry.message(step["message"], typed_map(step.get("payload") or {}))
        if not (waited_for or step.get("ignored")):
            raise InvalidInput(why=f"nothing waits for the message “{step['message']}”")
    elif "wait" in step:
        dry.wait(duration_of(step["wait"]))
    for name, value in (step.get("set") or {}).items():
        dry.set(name, typed(value))


def _filled_in(dry: DryRun, element_id: str, fields: Mapping[str, Any], item: str) -> Mapping[str, Any]:
    """The answers that the form of the task makes of what somebody types. Raises InvalidInput for what it refuses."""
    typed_in = {
        name: [str(one) for one in (text if isinstance(text, list) else [text])] for name, text in fields.items()
    }
    try:
        return dry.answers(element_id, typed_in, item)
    except InvalidForm as error:
        why = "; ".join(f"{name}: {message}" for name, message in error.errors.items())
        raise InvalidInput(why=f"the form refuses {why}") from error


def _duty(dry: DryRun, step: Mapping[str, Any], acted: dict[str, set[str]], result: Result) -> None:
    person = str(step.get("by", ""))
    if not person or dry.execution is None:
        return
    element = dry.element(step["task"])
    clash = set(element.properties.get("not_role", "").split()) & acted.get(person, set())
    if clash:
        raise InvalidInput(why=f"{person} already acted as {', '.join(sorted(clash))}")
    task = next((task for task in dry.tasks if task.element_id == step["task"]), None)
    if task is not None and task.groups and not _is_offered(dry, task.groups, person):
        result.failures.append(f"“{step['task']}” was offered to {', '.join(task.groups)}, not to {person}")
    if role := element.properties.get("role"):
        acted.setdefault(person, set()).add(role)


def _is_offered(dry: DryRun, groups: Iterable[str], person: str) -> bool:
    """Whether one of `groups` is held by `person`: on a unit where one is named, everywhere else."""
    username, _, unit = person.partition(access.ON)
    group = username.rsplit("_", 1)[0]
    actor = Actor(None, username, username, frozenset({group}), held_on=frozenset({(group, unit)} if unit else ()))
    tree = dry.application.organisation() if dry.application else NOWHERE
    for name in groups:
        offered, where = access.offer(name, tree)
        if any(access.is_offered(actor, access.offer_key(offered, above)) for above in tree.path(where) or ("",)):
            return True
    return False
