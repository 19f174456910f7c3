"""Answering the tasks of a dry run."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine.dryrun.run import DryRun
from engine.errors import InvalidInput
from engine.execution import BUDGET
from engine.forms import Form

#: Virtual time after which a run is stopped.
LIMIT = timedelta(days=3650)


def run_to_rest(run: DryRun, answers: Mapping[str, Any], limit: timedelta = LIMIT) -> str:
    """Answer tasks from `answers` (element id → values, or a list of values, one per visit), wait for timers.

    The name of a message stands there for its payload, or a list of payloads: each is sent once, when it is waited for;
    the name of a signal likewise, for `{}`.
    Returns `ended`, `waiting` (nothing more happens by itself) or `stopped` after `limit` of virtual time.
    """
    end = run.now + limit
    visits: dict[str, int] = {}
    for _ in range(BUDGET):
        if run.is_ended:
            return "ended"
        if run.tasks:
            task = run.tasks[0]
            run.complete(task.element_id, _answer(run, answers, task.element_id, visits))
            continue
        if _send(run, answers, visits):
            continue
        due = run.next_timer()
        if due is None:
            return "waiting"
        if due > end:
            return "stopped"
        run.wait(max(due - run.now, timedelta()))
    return "stopped"


def _send(run: DryRun, answers: Mapping[str, Any], sent: dict[str, int]) -> bool:
    """Send the first message or signal that is waited for and has an answer left."""
    for name in run.subscriptions:
        payloads = listed(answers.get(name, []))
        number = sent.get(name, 0)
        if number < len(payloads):
            sent[name] = number + 1
            run.trace.answered[name] += 1
            return run.message(name, _mapping(name, payloads[number] or {}, None))
    return False


def _answer(run: DryRun, answers: Mapping[str, Any], element_id: str, visits: dict[str, int]) -> Mapping[str, Any]:
    given, form = listed(answers.get(element_id, [])), run.form(element_id)
    if not given:
        functions = run.application.functions if run.application else {}
        return form.defaults(run.variables(), functions) if form else {}
    number = visits.get(element_id, 0)
    visits[element_id] = number + 1
    run.trace.answered[element_id] += 1
    return _mapping(element_id, given[min(number, len(given) - 1)], form)


def listed(given: Any) -> list[Any]:
    """The answers under one key, one per visit."""
    return given if isinstance(given, list) else [given]


def _mapping(key: str, given: Any, form: Form | None) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        expected = f"; its form asks for: {', '.join(form.keys)}" if form and form.keys else ""
        raise InvalidInput(why=f"the answers for “{key}” are not a mapping of names to values{expected}")
    return given
