"""What a scenario expects of a run, and what it finds otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from engine import clock, feel
from engine.dryrun import DryRun
from engine.scenarios.files import Result
from engine.scenarios.typed import moment_of, typed


def check(dry: DryRun, expect: Mapping[str, Any], result: Result) -> None:
    """Add to the failures of `result` what is not as `expect` says."""
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
        actual, wanted = dry.trace.moments(element), [moment_of(moment) for moment in moments]
        if actual != wanted:
            yield f"“{element}” happened at {_times(actual)}, expected {_times(wanted)}"


def _readings(dry: DryRun, expect: Mapping[str, Any]) -> Iterator[str]:
    for name, value in (expect.get("deadlines") or {}).items():
        actual, wanted = dry.read(name), typed(value)
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
