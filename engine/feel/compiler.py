"""Turns a syntax tree into nested Python functions, which run faster than a walk over the tree."""

from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException
from functools import singledispatch

from engine.feel.budget import spend
from engine.feel.builtins import BUILTINS
from engine.feel.nodes import (
    Arithmetic,
    Between,
    Comparison,
    ContextOf,
    HalfRange,
    If,
    InstanceOf,
    Junction,
    ListOf,
    Literal,
    Name,
    Negation,
    Node,
    Path,
    RangeOf,
    Steps,
)
from engine.feel.numbers import CALCULATIONS
from engine.feel.operators import arithmetic, negate
from engine.feel.properties import property_of
from engine.feel.scope import Scope
from engine.feel.types import Range, is_instance
from engine.feel.values import COMPARISONS, both, compare, half_range, known, member, range_between

Run = Callable[[Scope], object]


@singledispatch
def compile_node(node: Node) -> Run:
    """A function that evaluates `node` in a scope."""
    raise TypeError(f"no meaning for {type(node).__name__}")


def compile_value(node: Node) -> Run:
    """As `compile_node`, for a value that is handed on: there the name of a built-in function is the function.

    Elsewhere it is null like any unknown name, for process variables are called `date` and `count`, too.
    """
    builtin = BUILTINS.get(node.name) if isinstance(node, Name) else None
    if builtin is None:
        return compile_node(node)
    return lambda scope: scope.get(builtin.name, builtin)


@compile_node.register
def _literal(node: Literal) -> Run:
    value = node.value
    return lambda _: value


@compile_node.register
def _name(node: Name) -> Run:
    name = node.name
    return lambda scope: scope.get(name)


@compile_node.register
def _path(node: Path) -> Run:
    source, name = compile_node(node.source), node.name
    return lambda scope: step_into(source(scope), name)


def step_into(value: object, name: str) -> object:
    """`value.name`: of a list, the list of each item's; of a context, its entry; else a property."""
    if isinstance(value, Mapping):
        return member(value, name)
    if isinstance(value, list):
        spend(len(value))
        return [step_into(known(item), name) for item in value]
    return property_of(value, name)


@compile_node.register
def _negation(node: Negation) -> Run:
    operand = compile_node(node.operand)
    return lambda scope: negate(operand(scope))


@compile_node.register
def _arithmetic(node: Arithmetic) -> Run:
    operator, left, right = node.operator, compile_node(node.left), compile_node(node.right)
    calculate = CALCULATIONS[operator]

    def run(scope: Scope) -> object:
        first, second = left(scope), right(scope)
        if type(first) is Decimal and type(second) is Decimal:
            try:
                return calculate(first, second)
            except DecimalException:
                return None
        return arithmetic(operator, first, second)

    return run


@compile_node.register
def _comparison(node: Comparison) -> Run:
    test, left, right = COMPARISONS[node.operator], compile_node(node.left), compile_node(node.right)
    return lambda scope: test(left(scope), right(scope))


@compile_node.register
def _junction(node: Junction) -> Run:
    operands = tuple(compile_node(operand) for operand in node.operands)
    deciding = node.operator == "or"

    def run(scope: Scope) -> object:
        unknown = False
        for operand in operands:
            value = operand(scope)
            if value is deciding:
                return deciding
            unknown = unknown or not isinstance(value, bool)
        return None if unknown else not deciding

    return run


@compile_node.register
def _between(node: Between) -> Run:
    value, low, high = compile_node(node.value), compile_node(node.low), compile_node(node.high)

    def run(scope: Scope) -> object:
        tested = value(scope)
        return both(compare(">=", tested, low(scope)), compare("<=", tested, high(scope)))

    return run


@compile_node.register
def _if(node: If) -> Run:
    condition, yes, no = compile_node(node.condition), compile_node(node.yes), compile_node(node.no)
    return lambda scope: yes(scope) if condition(scope) is True else no(scope)


@compile_node.register
def _instance_of(node: InstanceOf) -> Run:
    value, wanted = compile_value(node.value), node.type
    return lambda scope: is_instance(value(scope), wanted, scope.around.types)


@compile_node.register
def _list(node: ListOf) -> Run:
    items = tuple(map(compile_value, node.items))
    return lambda scope: [item(scope) for item in items]


@compile_node.register
def _context(node: ContextOf) -> Run:
    entries = tuple((entry.key, compile_value(entry.value)) for entry in node.entries)

    def run(scope: Scope) -> object:
        context: dict[str, object] = {}
        # An entry sees those before it: one scope grows, and finds each entry only when it is asked for.
        inner = Scope(context, scope)
        for key, value in entries:
            context[key] = value(inner)
        return context

    return run


@compile_node.register
def _range(node: RangeOf) -> Run:
    low, high = compile_node(node.low), compile_node(node.high)
    low_included, high_included = node.low_included, node.high_included

    def run(scope: Scope) -> object:
        return range_between(low(scope), high(scope), low_included=low_included, high_included=high_included)

    return run


@compile_node.register
def _half_range(node: HalfRange) -> Run:
    operator, operand = node.operator, compile_node(node.operand)
    return lambda scope: half_range(operator, operand(scope))


@compile_node.register
def _steps(node: Steps) -> Run:
    first, last = compile_node(node.first), compile_node(node.last)
    return lambda scope: Range(first(scope), last(scope))
