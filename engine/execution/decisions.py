"""Decisions of business rule tasks, and the shape of their results (`camunda:mapDecisionResult`)."""

from collections.abc import Mapping
from typing import Any

from engine.dmn import Decisions, Outcome
from engine.errors import DecisionFault
from engine.feel import Functions


def decide(decisions: Decisions, decision: str, context: Mapping[str, object], functions: Functions) -> Outcome:
    """The outcome of `decision`; raises DecisionFault where a value is null for a reason, and the errors of FEEL.

    A case must not go on with a null that stands for a table that contradicts itself or for a wrong value.
    """
    outcome = decisions.decide(decision, context, functions)
    for reason in outcome.reasons:
        raise reason
    return outcome


def result_of(decision: str, value: Any, mapping: str) -> Any:
    """`value`, which `decision` gave, as `singleEntry`, `singleResult`, `collectEntries`, `resultList`, or as it is.

    Raises DecisionFault where several values stand in the way of a single one.
    """
    rows = value if isinstance(value, list) else [] if value is None else [value]
    if mapping == "singleEntry":
        entries = _entries(decision, rows)
        if len(entries) > 1:
            raise DecisionFault(decision=decision, why="one value was expected, several rules matched")
        return entries[0] if entries else None
    if mapping == "singleResult":
        if len(rows) > 1:
            raise DecisionFault(decision=decision, why="one row was expected, several rules matched")
        return rows[0] if rows else None
    if mapping == "collectEntries":
        return _entries(decision, rows)
    return rows if mapping == "resultList" else value


def _entries(decision: str, rows: list[Any]) -> list[Any]:
    found = []
    for row in rows:
        if not isinstance(row, Mapping):
            found.append(row)
        elif len(row) == 1:
            found += row.values()
        else:
            raise DecisionFault(decision=decision, why="one output was expected, the table has several")
    return found
