"""What must hold for every file, however broken: problems or errors of ours, texts in both languages, little time."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from engine import dmn, feel, forms
from engine.bpmn import reader
from engine.bpmn.checks import Known, check
from engine.dryrun import DryRun
from engine.errors import FeelError, InvalidModel, RedressError
from engine.problems import Problem, errors_in

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "amount": Decimal(7),
    "a": [1, {"b": 2}],
    "b": "x",
    "x": None,
    "level": "high",
    "items": [1, 2, 3],
    "ok": True,
}
#: CPU seconds that checking one file of ordinary size, or evaluating one expression, may take.
QUICK = 2.0
#: Answers and timers after which a run is left alone.
_ACTS = 20


class TooSlow(AssertionError):
    """Something took too long."""


def judge(files: Mapping[str, bytes], known: Known) -> None:
    """Check `files`, and run what has no errors; raises what should never be raised."""
    began = time.thread_time()
    told = check(files, known)
    _quick(began, len(files))
    _can_be_told(told)
    if not errors_in(told):
        run(files)
    for name, content in files.items():
        if name.endswith(".dmn"):
            _decide(content)
        elif name.endswith(".form"):
            _fill(content)


def judge_expression(text: str) -> None:
    """Read `text` in every way, and evaluate what can be read."""
    for read in (feel.parse, feel.parse_unary, feel.from_juel):
        began = time.thread_time()
        try:
            found = read(text)
            if isinstance(found, str):
                found = feel.parse(found)
            found.evaluate(VALUES)
            found.test(Decimal(3), VALUES)
        except FeelError as error:
            _can_be_read(error)
        _quick(began, 1)


def _quick(began: float, count: int) -> None:
    spent = time.thread_time() - began
    if spent > QUICK * count:
        raise TooSlow(f"{spent:.1f} s of CPU for {count} files")


def _can_be_told(told: list[Problem]) -> None:
    for problem in told:
        assert isinstance(problem, Problem)
        for language in ("en", "zh"):
            assert problem.what(language)
            assert problem.remedy(language)


def _can_be_read(error: RedressError) -> None:
    assert error.message


def run(files: Mapping[str, bytes]) -> None:
    """Whatever has no errors can be read and begun, and comes to rest or ends with an error for people."""
    model = reader.read(files)
    for process in model.processes.values():
        if not process.is_executable:
            continue
        dry = DryRun(model, process.key, None, at=NOW)
        try:
            dry.start(VALUES)
            _go_on(dry)
            assert dry.execution is not None
            dry.execution.dump()
        except RedressError as error:
            _can_be_read(error)


def _go_on(run: DryRun) -> None:
    for _ in range(_ACTS):
        if run.is_ended:
            return
        if run.tasks:
            run.complete(run.tasks[0].element_id, {"amount": Decimal(7)})
        elif run.subscriptions and run.message(run.subscriptions[0], {"code": "x"}):
            continue
        elif due := run.next_timer():
            run.wait(max(due - run.now, timedelta()))
        else:
            return


def _decide(content: bytes) -> None:
    try:
        loaded = dmn.load(content, "a.dmn")
    except InvalidModel as error:
        _can_be_told([problem for problem in error.problems if isinstance(problem, Problem)])
        return
    for decision in loaded.ids[:20]:
        began = time.thread_time()
        try:
            loaded.evaluate(decision, VALUES)
        except RedressError as error:
            _can_be_read(error)
        _quick(began, 1)


def _fill(content: bytes) -> None:
    try:
        form = forms.load(content, "a.form")
    except InvalidModel as error:
        _can_be_told([problem for problem in error.problems if isinstance(problem, Problem)])
        return
    entered = {name: ["x"] for name in list(form.keys)[:20]}
    began = time.thread_time()
    for language in ("en", "zh"):
        form.view(VALUES, entered, language)
    try:
        form.submit(entered, {}, VALUES)
    except RedressError as error:
        _can_be_read(error)
    _quick(began, 1)
