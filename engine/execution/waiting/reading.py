"""What expressions read where they stand now."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.task import Task

from engine.bpmn.expressions import parsed
from engine.bpmn.tokens import NOTHING
from engine.errors import FeelError, RedressError
from engine.execution.scopes import get_nested
from engine.execution.standing import Standing


def values_read(
    execution: Standing, token: Task | None, *expressions: str, local: Mapping[str, Any] = NOTHING
) -> dict[str, Any]:
    """Name → present value of everything that `expressions` read at `token`; None for what is not there."""
    return named_values(execution, token, {name for text in expressions for name in _names(text)}, local)


def named_values(
    execution: Standing, token: Task | None, names: set[str], local: Mapping[str, Any] = NOTHING
) -> dict[str, Any]:
    """Dotted name → present value at `token`; None for what is not there."""
    reading = execution.reading(token, local)
    return {name: get_nested(reading, name) for name in sorted(names)}


def text_of(execution: Standing, token: Task, text: str) -> str:
    """The value of a text that may be an expression; the text itself where it cannot be calculated."""
    try:
        return str(execution.value(token, text))
    except RedressError:
        return text


def _names(text: str) -> frozenset[str]:
    try:
        return parsed(text).names
    except FeelError:
        return frozenset()
