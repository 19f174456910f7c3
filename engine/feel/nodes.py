"""The syntax tree of an expression: small frozen nodes, without behaviour."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from engine.feel.types import Type


class Node:
    """Any part of an expression."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value written out: number, text, boolean, null, or `@"..."`."""

    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable of the context or of a loop; `?` is the input value of a unary test."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`source.name`"""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`source[condition]`, where a number as condition picks one item."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`name(arguments)`; `names` are those of the arguments, none where they are given by position."""

    name: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invocation(Node):
    """`callee(arguments)`, where `callee` is any expression but a name; `names` as of `Call`."""

    callee: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """`function(parameters) body`; each parameter has a type. Without a body the function is external."""

    parameters: tuple[str, ...]
    types: tuple[Type, ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`"""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`left operator right` with `+ - * / **`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left operator right` with `= != < <= > >=`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """Operands joined by `and` or by `or`."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`"""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in tests`"""

    value: Node
    tests: "Tests"


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`"""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if condition then yes else no`"""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Steps(Node):
    """`first..last` behind `in`, which may run downwards."""

    first: Node
    last: Node


@dataclass(frozen=True, slots=True)
class Binding(Node):
    """`name in source`, a part of `for`, `some` and `every`."""

    name: str
    source: Node


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for bindings return body`"""

    bindings: tuple[Binding, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some|every bindings satisfies body`; `every` tells which."""

    every: bool
    bindings: tuple[Binding, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[items]`"""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """`key: value` in a context."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """`{entries}`; an entry sees those before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """`[low..high]`; a round bracket excludes its end."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class HalfRange(Node):
    """`(> operand)` and its like: a range without the other end."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class OperatorTest(Node):
    """`> operand` and its like, a unary test."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Unary tests, of which one must hold, or none where `negated`. No tests at all (`-`) always hold."""

    tests: tuple[Node, ...]
    negated: bool = False


_field_names: dict[type[Node], tuple[str, ...]] = {}


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below `node`."""
    names = _field_names.get(type(node))
    if names is None:
        found = tuple(field.name for field in fields(node))  # type: ignore[arg-type]  # every node is a dataclass
        names = _field_names[type(node)] = found
    for name in names:
        part = getattr(node, name)
        if isinstance(part, Node):
            yield part
        elif isinstance(part, tuple):
            yield from (entry for entry in part if isinstance(entry, Node))


def walk(root: Node) -> Iterator[tuple[Node, int]]:
    """`root` and all nodes below it, each with its level (of `root`: 1)."""
    waiting = [(root, 1)]
    while waiting:
        node, level = waiting.pop()
        yield node, level
        waiting.extend((child, level + 1) for child in children(node))


def size(root: Node) -> int:
    """How many nodes `root` has."""
    return sum(1 for _ in walk(root))
