"""What unary tests mean: the cells of decision tables, and the right side of `in` (DMN 1.5, table 55)."""

from engine.feel.budget import spend
from engine.feel.compiler import Run, compile_node
from engine.feel.nodes import (
    Between,
    Call,
    Comparison,
    If,
    In,
    InstanceOf,
    Junction,
    Name,
    Node,
    OperatorTest,
    Quantified,
    RangeOf,
    Tests,
    walk,
)
from engine.feel.scope import Scope
from engine.feel.types import Range
from engine.feel.values import compare, equal, in_range

#: The name under which a test finds the value it tests.
INPUT = "?"

_VERDICTS = (Comparison, Junction, Between, In, InstanceOf, Quantified)
_VERDICT_FUNCTIONS = frozenset(
    {
        "not",
        "contains",
        "starts with",
        "ends with",
        "matches",
        "list contains",
        "all",
        "any",
        "odd",
        "even",
        "is defined",
    }
)


@compile_node.register
def _in(node: In) -> Run:
    value, tests = compile_node(node.value), compile_node(node.tests)
    return lambda scope: tests(Scope({INPUT: value(scope)}, scope))


@compile_node.register
def _operator_test(node: OperatorTest) -> Run:
    operator, operand = node.operator, compile_node(node.operand)
    return lambda scope: compare(operator, scope.get(INPUT), operand(scope))


@compile_node.register
def _tests(node: Tests) -> Run:
    if not node.tests:
        return lambda _: True
    tests = tuple(_test(test) for test in node.tests)
    negated = node.negated

    def run(scope: Scope) -> object:
        unknown = False
        for test in tests:
            verdict = test(scope)
            if verdict is True:
                return not negated
            unknown = unknown or verdict is None
        return None if unknown else negated

    return run


def _test(node: Node) -> Run:
    """One test: a comparison gives its verdict; any other expression gives what the input has to fit."""
    run = compile_node(node)
    if isinstance(node, OperatorTest) or _gives_verdict(node):
        return run
    if isinstance(node, RangeOf):
        return lambda scope: _lies_in(scope.get(INPUT), run(scope))
    if node != Name(INPUT) and any(part == Name(INPUT) for part, _ in walk(node)):
        return lambda scope: _verdict_or_fits(scope.get(INPUT), run(scope))
    if isinstance(node, Call | If):
        return lambda scope: _holds_or_fits(scope.get(INPUT), run(scope))
    return lambda scope: _fits(scope.get(INPUT), run(scope))


def _gives_verdict(node: Node) -> bool:
    return isinstance(node, _VERDICTS) or (isinstance(node, Call) and node.name in _VERDICT_FUNCTIONS)


def _fits(value: object, expected: object) -> bool | None:
    """Whether `value` equals `expected`, lies in that range or stands in that list; null where it cannot be told."""
    if isinstance(expected, Range):
        return in_range(value, expected)
    if isinstance(expected, list):
        spend(len(expected))
        return equal(value, expected) is True or any(_is_or_lies_in(value, item) is True for item in expected)
    return equal(value, expected)


def _is_or_lies_in(value: object, item: object) -> bool | None:
    return equal(value, item) is True or (isinstance(item, Range) and in_range(value, item))


def _lies_in(value: object, bounds: object) -> bool | None:
    return in_range(value, bounds) if isinstance(bounds, Range) else None


def _verdict_or_fits(value: object, result: object) -> bool | None:
    """Of an expression that looks at the input: a truth value is its verdict."""
    return result if isinstance(result, bool) or result is None else _fits(value, result)


def _holds_or_fits(value: object, result: object) -> bool | None:
    """Of an expression that may be a condition or a value: true holds unless the input itself is boolean."""
    return True if result is True and not isinstance(value, bool) else _fits(value, result)
