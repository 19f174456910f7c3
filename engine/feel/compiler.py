"""Turns a syntax tree into nested Python functions, which run faster than a walk over the tree."""

from collections.abc import Callable, Mapping
from functools import singledispatch

from engine.errors import FeelError
from engine.feel.budget import spend
from engine.feel.builtins import BUILTINS
from engine.feel.nodes import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    ContextOf,
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
)
from engine.feel.operators import arithmetic, negate, property_of
from engine.feel.scope import Scope
from engine.feel.types import Range, is_instance
from engine.feel.values import both, compare, from_python, member

Run = Callable[[Scope], object]


@singledispatch
def compile_node(node: Node) -> Run:
    """A function that evaluates `node` in a scope."""
    raise TypeError(f"no meaning for {type(node).__name__}")


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
        return [step_into(item, name) for item in value if not isinstance(item, list)]
    return property_of(value, name)


@compile_node.register
def _negation(node: Negation) -> Run:
    operand = compile_node(node.operand)
    return lambda scope: negate(operand(scope))


@compile_node.register
def _arithmetic(node: Arithmetic) -> Run:
    operator, left, right = node.operator, compile_node(node.left), compile_node(node.right)
    return lambda scope: arithmetic(operator, left(scope), right(scope))


@compile_node.register
def _comparison(node: Comparison) -> Run:
    operator, left, right = node.operator, compile_node(node.left), compile_node(node.right)
    return lambda scope: compare(operator, left(scope), right(scope))


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
    value, type_name = compile_node(node.value), node.type
    return lambda scope: is_instance(value(scope), type_name)


@compile_node.register
def _list(node: ListOf) -> Run:
    items = tuple(compile_node(item) for item in node.items)
    return lambda scope: [item(scope) for item in items]


@compile_node.register
def _context(node: ContextOf) -> Run:
    entries = tuple((entry.key, compile_node(entry.value)) for entry in node.entries)

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
    low, high, bounds = compile_node(node.low), compile_node(node.high), (node.low_included, node.high_included)
    return lambda scope: Range(low(scope), high(scope), *bounds)


@compile_node.register
def _call(node: Call) -> Run:
    name, arguments = node.name, tuple(compile_node(argument) for argument in node.arguments)
    if name == "is defined":
        return _is_defined(node.arguments[0], arguments[0])
    builtin = BUILTINS.get(name)
    if builtin is not None:
        return lambda scope: builtin([argument(scope) for argument in arguments])

    def run(scope: Scope) -> object:
        function = scope.functions.get(name)
        if function is None:
            raise FeelError(why=f"there is no function “{name}”", why_zh=f"没有函数“{name}”")
        values = [argument(scope) for argument in arguments]
        spend(1 + len(values))
        return from_python(function(*values))

    return run


def _is_defined(argument: Node, value: Run) -> Run:
    if isinstance(argument, Name):
        return lambda scope: scope.has(argument.name)
    if isinstance(argument, Path):
        source, name = compile_node(argument.source), argument.name

        def run(scope: Scope) -> object:
            holder = source(scope)
            return name in holder if isinstance(holder, Mapping) else step_into(holder, name) is not None

        return run
    return lambda scope: value(scope) is not None
