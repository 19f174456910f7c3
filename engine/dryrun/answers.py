"""Answering the tasks of a dry run."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from engine.dryrun.run import DryRun
from engine.errors import InvalidInput
from engine.execution import BUDGET


def run_to_rest(run: DryRun, answers: Mapping[str, Any], limit: timedelta = timedelta(days=3650)) -> str:
    """Answer tasks from `answers` (element id → values, or a list of values, one per visit), wait for timers.

    The name of a message stands there for its payload, or a list of payloads: each is sent once, when it is waited for.
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
    """Send the first message that is waited for and has an answer left."""
    for name in run.subscriptions:
        payloads = answers.get(name, [])
        payloads = payloads if isinstance(payloads, list) else [payloads]
        number = sent.get(name, 0)
        if number < len(payloads):
            sent[name] = number + 1
            return run.message(name, payloads[number])
    return False


def _answer(run: DryRun, answers: Mapping[str, Any], element_id: str, visits: dict[str, int]) -> Mapping[str, Any]:
    given = answers.get(element_id)
    if given is None:
        form = run.form(element_id)
        functions = run.application.functions if run.application else {}
        return form.defaults(run.variables(), functions) if form else {}
    if isinstance(given, Sequence):
        number = visits.get(element_id, 0)
        visits[element_id] = number + 1
        given = given[min(number, len(given) - 1)]
    if not isinstance(given, Mapping):
        raise InvalidInput(why=f"the answers for “{element_id}” are not a mapping of names to values")
    return given
