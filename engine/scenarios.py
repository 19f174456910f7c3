"""Process tests: scenarios in YAML (answers, elapsed time, expected path and deadlines), run in virtual time.

    name: …
    start: {at: "2026-03-10T14:00:00+08:00", process: key, event: the message that begins it, values: {path: value}}
    work: {element id: what its topic gives back, or {error: code}, or a list of these, one per visit}
    steps: a list of `task` (with `answers`, `after`, `by`, `item`), `message` (with `payload`), `wait`, `set`
    expect: {ended, path, not, deadlines, moments, decisions, open}

A folder may hold `acceptance.csv` (number, name, elsewhere): the scenarios that must be there. A scenario belongs to
the number with which its name begins; what cannot be shown in virtual time names the test that shows it in `elsewhere`.
A scenario with `decide` tries decision tables by themselves, for those that no diagram asks:

    decide: a list of {decision, given: {path: value}, rules: [ids that match], result}

`by`: a person `<group>_<number>`, who holds the group everywhere, or `<group>_<number>@<unit>`, there and below; the
task must be offered to this person, and separation of duty is checked as in the office.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from engine import access, clock, feel
from engine.applications import Application
from engine.bpmn.model import Model
from engine.dryrun import DryRun
from engine.errors import InvalidInput, RedressError
from engine.execution.scopes import set_nested
from engine.identity import Actor
from engine.organisation import NOWHERE

#: The beginning of a date, or of a date with a time.
_DATED = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Scenario:
    """One scenario file."""

    file: str
    name: str
    content: Mapping[str, Any]


@dataclass
class Result:
    """How one scenario went: what failed, and what it visited."""

    scenario: Scenario
    failures: list[str] = field(default_factory=list)
    elements: set[str] = field(default_factory=set)
    #: (decision, rule id)
    rules: set[tuple[str, str]] = field(default_factory=set)

    @property
    def passed(self) -> bool:
        """Whether everything that was expected happened."""
        return not self.failures


@dataclass(frozen=True)
class Coverage:
    """What a set of scenarios did not visit."""

    elements: int
    rules: int
    missed_elements: tuple[str, ...]
    missed_rules: tuple[str, ...]

    @property
    def percent(self) -> float:
        """Visited elements and rules of all, in percent."""
        total = self.elements + self.rules
        missed = len(self.missed_elements) + len(self.missed_rules)
        return 100.0 * (total - missed) / total if total else 100.0


def load(folder: Path) -> list[Scenario]:
    """The scenarios of `folder/*.yaml`, by file name. Raises InvalidInput naming a file that is no scenario."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text("utf-8"))
        except yaml.YAMLError as error:
            raise InvalidInput(why=f"{path.name} is not readable YAML: {error}") from error
        for one in content if isinstance(content, list) else [content]:
            found.append(_scenario(path, one))
    return found


def _scenario(path: Path, content: Any) -> Scenario:
    start = content.get("start") if isinstance(content, Mapping) else None
    if not isinstance(start, Mapping) or "at" not in start:
        raise InvalidInput(why=f"{path.name} is no scenario: it has no “start” with its moment “at”")
    try:
        _moment(start["at"])
    except InvalidInput as error:
        raise InvalidInput(why=f"the start in {path.name}: {error.params['why']}") from error
    return Scenario(path.name, str(content.get("name", path.stem)), content)


@dataclass(frozen=True)
class Numbered:
    """One row of the acceptance scenarios: its number, and where it is shown if not by a scenario of the folder."""

    number: str
    name: str
    elsewhere: str

    def of(self, results: Iterable[Result]) -> list[Result]:
        """The results of the scenarios that belong to this number."""
        return [result for result in results if result.scenario.name.partition(" ")[0] == self.number]


def acceptance(folder: Path) -> list[Numbered]:
    """The scenarios that `folder` must hold; none where it has no list. Raises InvalidInput for another file."""
    path = folder / "acceptance.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return [Numbered(row["number"], row["name"], row["elsewhere"] or "") for row in rows]
    except KeyError as error:
        raise InvalidInput(why=f"{path.name} has no column {error}") from error


def run(scenario: Scenario, model: Model, application: Application) -> Result:
    """Run one scenario; what goes wrong stands in the result's failures."""
    start = scenario.content["start"]
    at = _moment(start["at"])
    if "decide" in scenario.content:
        with clock.at(at):
            return _tables(scenario, model, application)
    result = Result(scenario)
    process = str(start.get("process", application.key))
    dry = DryRun(model, process, application, at=at, work=_typed_map(scenario.content.get("work") or {}))
    acted: dict[str, set[str]] = {}
    try:
        dry.start(_typed_map(start.get("values", {})), str(start.get("event", "")))
        for number, step in enumerate(scenario.content.get("steps") or [], 1):
            _step(dry, step, number, acted, result)
        _expect(dry, scenario.content.get("expect") or {}, result)
    except RedressError as error:
        result.failures.append(f"{error.message} (at {dry.now.astimezone(clock.zone()):%Y-%m-%d %H:%M})")
    result.elements = {element for _, _, element in dry.trace.events}
    result.rules = {
        (decision, rule) for decision, runs in dry.trace.decisions.items() for rules in runs for rule in rules
    }
    return result


def coverage(results: Iterable[Result], model: Model, keys: Iterable[str]) -> Coverage:
    """What `results` visited of the processes `keys` and of all decisions of the model."""
    results = list(results)
    elements = {element for key in keys for element in model.process(key).elements}
    rules = {(decision, rule.id) for decision, file in model.decisions.items() for rule in file.get(decision).rules}
    seen = set().union(*(result.elements for result in results)) if results else set()
    hit = set().union(*(result.rules for result in results)) if results else set()
    return Coverage(
        len(elements),
        len(rules),
        tuple(sorted(elements - seen)),
        tuple(sorted(f"{decision}: {rule}" for decision, rule in rules - hit)),
    )


def _tables(scenario: Scenario, model: Model, application: Application) -> Result:
    result = Result(scenario)
    for number, one in enumerate(scenario.content["decide"], 1):
        decision = str(one["decision"])
        context: dict[str, Any] = {}
        for path, value in _typed_map(one.get("given") or {}).items():
            set_nested(context, path, value)
        try:
            outcome = model.decisions[decision].decide(decision, context, application.functions)
        except (KeyError, RedressError) as error:
            result.failures.append(f"row {number}: “{decision}” cannot be asked ({type(error).__name__})")
            continue
        result.rules |= {(decision, rule) for rule in outcome.matched}
        if list(outcome.matched) != (one.get("rules") or []):
            result.failures.append(f"row {number}: matched {list(outcome.matched)}, expected {one.get('rules')}")
        if "result" in one and outcome.value != _typed(one["result"]):
            result.failures.append(f"row {number}: gave {feel.to_text(outcome.value)}, expected {one['result']}")
    return result


def _step(dry: DryRun, step: Mapping[str, Any], number: int, acted: dict[str, set[str]], result: Result) -> None:
    if "after" in step:
        dry.wait(_duration(step["after"]))
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
        dry.complete(step["task"], _typed_map(step.get("answers") or {}), str(step.get("item", "")))
    elif "message" in step:
        waited_for = dry.message(step["message"], _typed_map(step.get("payload") or {}))
        if not (waited_for or step.get("ignored")):
            raise InvalidInput(why=f"nothing waits for the message “{step['message']}”")
    elif "wait" in step:
        dry.wait(_duration(step["wait"]))
    for name, value in (step.get("set") or {}).items():
        dry.set(name, _typed(value))


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


def _expect(dry: DryRun, expect: Mapping[str, Any], result: Result) -> None:
    for different in (_route, _moments, _readings, _decided):
        result.failures += different(dry, expect)


def _route(dry: DryRun, expect: Mapping[str, Any]) -> Iterator[str]:
    tasks = [task.element_id for task in dry.tasks]
    ended = dry.outcome if dry.is_ended else "open"
    if expect.get("ended", ended) != ended:
        yield f"ended “{ended}”, expected “{expect['ended']}”; open: {', '.join(tasks) or 'no task'}"
    missing = _not_in_order(expect.get("path") or [], dry.trace.path)
    if missing:
        yield f"“{missing}” was not completed in the expected order"
    entered = {element for _, _, element in dry.trace.events}
    yield from (f"“{element}” was reached and should not have been" for element in _both(expect.get("not"), entered))
    yield from (f"“{element}” is not open" for element in expect.get("open") or [] if element not in tasks)


def _moments(dry: DryRun, expect: Mapping[str, Any]) -> Iterator[str]:
    for element, moments in {**(expect.get("warnings") or {}), **(expect.get("moments") or {})}.items():
        actual, wanted = dry.trace.moments(element), [_moment(moment) for moment in moments]
        if actual != wanted:
            yield f"“{element}” happened at {_times(actual)}, expected {_times(wanted)}"


def _readings(dry: DryRun, expect: Mapping[str, Any]) -> Iterator[str]:
    for name, value in (expect.get("deadlines") or {}).items():
        actual, wanted = dry.read(name), _typed(value)
        if actual != wanted:
            yield f"{name} is {feel.to_text(actual)}, expected {feel.to_text(wanted)}"


def _decided(dry: DryRun, expect: Mapping[str, Any]) -> Iterator[str]:
    for decision, rules in (expect.get("decisions") or {}).items():
        runs = dry.trace.decisions.get(decision, [])
        if tuple(rules) not in runs:
            yield f"decision {decision} matched {runs}, expected {list(rules)}"


def _both(named: Iterable[str] | None, found: set[str]) -> list[str]:
    return [name for name in named or [] if name in found]


def _not_in_order(expected: list[str], path: list[str]) -> str:
    rest = iter(path)
    return next((element for element in expected if element not in rest), "")


def _times(moments: Iterable[datetime]) -> str:
    return ", ".join(f"{moment.astimezone(clock.zone()):%Y-%m-%d %H:%M}" for moment in moments) or "never"


def _moment(value: Any) -> datetime:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInput(why=f"“{value}” is not a moment like 2026-03-10T14:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.zone())


def _duration(text: Any) -> timedelta:
    duration = feel.parse_duration(str(text))
    if not isinstance(duration, timedelta):
        raise InvalidInput(why=f"“{text}” is not a duration like P3D or PT2H")
    return duration


def _typed_map(values: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name): _typed(value) for name, value in values.items()}


def _typed(value: Any) -> Any:
    """YAML values as FEEL's: numbers as decimals, texts that are ISO moments or dates as such, `=…` as FEEL."""
    if isinstance(value, datetime):
        return _moment(value)
    if value is None or isinstance(value, bool | date):
        return value
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, Mapping):
        return _typed_map(value)
    if isinstance(value, list):
        return [_typed(item) for item in value]
    return _text(str(value))


def _text(text: str) -> Any:
    if text.startswith("="):
        return feel.evaluate(text, {})
    if not _DATED.match(text):
        return text
    try:
        return date.fromisoformat(text) if len(text) == 10 else _moment(text)
    except (ValueError, InvalidInput):
        return text
