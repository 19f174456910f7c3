"""Evaluating decisions: which rules match, and what they give (DMN 1.4, section 8.2.10)."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import cast

from engine.dmn.tables import Decision, Outcome, Output, Rule, Table
from engine.dmn.types import is_of
from engine.errors import DecisionFault
from engine.feel import BUILTINS, Functions
from engine.feel.budget import budget

Context = Mapping[str, object]
_Row = dict[str, object]


def evaluate(decisions: Sequence[Decision], context: Context, functions: Functions | None = None) -> Outcome:
    """The outcome of the last of `decisions`, each of which finds those it requires before it.

    Raises DecisionFault where a table contradicts itself or a value is not allowed, and the errors of FEEL.
    """
    made: dict[str, Outcome] = {}
    results: dict[str, object] = {}
    with budget():
        for decision in decisions:
            around = ChainMap(results, cast(MutableMapping[str, object], context)) if results else context
            outcome = _outcome(decision, around, functions)
            made[decision.id] = outcome
            results[decision.variable] = _as_variable(decision, outcome.value)
    *required, last = made.values()
    return Outcome(last.decision, last.value, last.matched, last.inputs, tuple(required))


def fits(output: Output, value: object) -> bool:
    """Whether `value` is of the type of `output` and among its allowed values; null always is."""
    if not is_of(value, output.type):
        return False
    items = value if isinstance(value, list) else [value]
    return output.allowed is None or all(item is None or output.allowed.test(item, {}) for item in items)


def _outcome(decision: Decision, context: Context, functions: Functions | None) -> Outcome:
    if decision.table is None:
        value = decision.literal.evaluate(context, functions) if decision.literal else None
        if not is_of(value, decision.type):
            raise _fault(decision, f"its result is not of type {decision.type}", f"结果不是 {decision.type} 类型")
        return Outcome(decision.id, value)
    values = [_input_value(decision, place, context, functions) for place in range(len(decision.inputs))]
    matching = _matching(decision.table, values, context, functions)
    rows = [_row(decision, rule, context, functions) for rule in matching]
    value = _POLICIES[decision.table.hit_policy](decision, rows or _default(decision, context, functions))
    inputs = {column.expression.text: value for column, value in zip(decision.inputs, values, strict=True)}
    return Outcome(decision.id, value, tuple(rule.id for rule in matching), inputs)


def _input_value(decision: Decision, place: int, context: Context, functions: Functions | None) -> object:
    column = decision.inputs[place]
    value = column.expression.evaluate(context, functions)
    if value is not None and column.allowed is not None and not column.allowed.test(value, context, functions):
        name = column.label or column.expression.text
        raise _fault(decision, f"the value of “{name}” is not an allowed one", f"“{name}”的值不在允许范围内")
    return value


def _matching(table: Table, values: list[object], context: Context, functions: Functions | None) -> list[Rule]:
    matching: list[Rule] = []
    for rule in table.rules:
        tests = zip(rule.tests, values, strict=True)
        if all(test.test(value, context, functions) for test, value in tests):
            matching.append(rule)
            if table.hit_policy == "FIRST":
                break
    return matching


def _row(decision: Decision, rule: Rule, context: Context, functions: Functions | None) -> _Row:
    row: _Row = {}
    for output, result in zip(decision.table.outputs if decision.table else (), rule.results, strict=True):
        value = result.evaluate(context, functions) if result else None
        if not fits(output, value):
            where = f"row {rule.row} gives “{output.name}” a value"
            raise _fault(
                decision,
                f"{where} that is not allowed or not of type {output.type}",
                f"第 {rule.row} 行的“{output.name}”不是允许值，或不是 {output.type} 类型",
            )
        row[output.name] = value
    return row


def _default(decision: Decision, context: Context, functions: Functions | None) -> list[_Row]:
    """The default outputs as the only row, where at least one output has a default."""
    outputs = decision.table.outputs if decision.table else ()
    if not any(output.default for output in outputs):
        return []
    return [{out.name: out.default.evaluate(context, functions) if out.default else None for out in outputs}]


def _as_variable(decision: Decision, value: object) -> object:
    """How other decisions see `value`: with a single output, without the name of that output."""
    if len(decision.outputs) != 1:
        return value
    (name,) = decision.outputs
    if isinstance(value, list):
        return [row[name] if isinstance(row, dict) else row for row in value]
    return value.get(name) if isinstance(value, dict) else value


# --- hit policies -----------------------------------------------------------------------------------------------------


def _unique(decision: Decision, rows: list[_Row]) -> object:
    if len(rows) > 1:
        raise _fault(decision, "several rules match, but at most one may", "多条规则同时命中，但最多只允许一条")
    return _first(decision, rows)


def _any(decision: Decision, rows: list[_Row]) -> object:
    if any(row != rows[0] for row in rows):
        raise _fault(decision, "the rules that match give different results", "命中的规则给出了不同的结果")
    return _first(decision, rows)


def _first(_: Decision, rows: list[_Row]) -> object:
    return rows[0] if rows else None


def _collect(decision: Decision, rows: list[_Row]) -> object:
    aggregation = decision.table.aggregation if decision.table else ""
    if not aggregation:
        return rows
    values = [value for row in rows for value in row.values()]
    result = BUILTINS[aggregation.lower()]([values])
    if values and result is None:
        raise _fault(
            decision, f"{aggregation} needs values of one kind, as numbers", f"{aggregation} 需要同类的值，例如数字"
        )
    return result


_POLICIES: dict[str, Callable[[Decision, list[_Row]], object]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "COLLECT": _collect,
    "RULE ORDER": _collect,
}
#: The hit policies that can be evaluated.
HIT_POLICIES: Iterable[str] = _POLICIES.keys()
AGGREGATIONS = frozenset({"SUM", "MIN", "MAX", "COUNT"})


def _fault(decision: Decision, why: str, why_zh: str) -> DecisionFault:
    return DecisionFault(decision=decision.name or decision.id, why=why, why_zh=why_zh)
