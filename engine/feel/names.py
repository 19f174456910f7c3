"""What an expression reads and calls: the names it takes from outside, and its functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel.nodes import (
    Call,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    Invocation,
    Name,
    Node,
    Path,
    Quantified,
    children,
)
from engine.feel.unary import INPUT


@dataclass(frozen=True, slots=True)
class Reads:
    """`certain` names come from the context; `perhaps` names stand in filters, where an item may have them."""

    certain: frozenset[str]
    perhaps: frozenset[str]


def reads(root: Node) -> Reads:
    """The dotted paths that `root` reads from its context, as `case.clock.due_at`."""
    found = set(_reads(root, frozenset({INPUT}), in_filter=False))
    certain = frozenset(name for name, in_filter in found if not in_filter)
    return Reads(certain, frozenset(name for name, _ in found) - certain)


def calls(root: Node) -> frozenset[str]:
    """The names of the functions that `root` calls, without those it defines itself."""
    return frozenset(_calls(root, frozenset()))


def invoked(root: Node) -> frozenset[str]:
    """The dotted paths to functions inside values that `root` calls, as `tools.rate` for `tools.rate(5)`."""
    return frozenset(_invoked(root, frozenset()))


def _invoked(node: Node, local: frozenset[str]) -> Iterator[str]:
    path = dotted(node.callee) if isinstance(node, Invocation) else []
    if path and path[0] not in local:
        yield ".".join(path)
    for names, part in _parts(node):
        local |= names
        yield from _invoked(part, local)


def _calls(node: Node, local: frozenset[str]) -> Iterator[str]:
    if isinstance(node, Call) and node.name not in local:
        yield node.name
    for names, part in _parts(node):
        local |= names
        yield from _calls(part, local)


def _reads(node: Node, local: frozenset[str], *, in_filter: bool) -> Iterator[tuple[str, bool]]:
    """Each path with whether it stands in a filter; `local` names are bound inside the expression."""
    if path := dotted(node):
        if path[0] not in local:
            yield ".".join(path), in_filter
    elif isinstance(node, Filter):
        yield from _reads(node.source, local, in_filter=in_filter)
        yield from _reads(node.condition, local | {"item"}, in_filter=True)
    else:
        for names, part in _parts(node):
            local |= names
            yield from _reads(part, local, in_filter=in_filter)


def _parts(node: Node) -> Iterator[tuple[frozenset[str], Node]]:
    """What `node` consists of, in order, each part with the names that are bound from there on."""
    bound: frozenset[str] = frozenset()
    match node:
        case ContextOf():
            for entry in node.entries:
                yield bound, entry.value
                bound = frozenset({entry.key})
        case For() | Quantified():
            for binding in node.bindings:
                yield bound, binding.source
                bound = frozenset({binding.name})
            yield bound | {"partial"} if isinstance(node, For) else bound, node.body
        case FunctionOf():
            if node.body is not None:
                yield frozenset(node.parameters), node.body
        case _:
            for child in children(node):
                yield bound, child


def dotted(node: Node) -> list[str]:
    """The steps of a path that starts at a name, as of `case.clock.due_at`; empty for any other node."""
    steps: list[str] = []
    while isinstance(node, Path):
        steps.append(node.name)
        node = node.source
    return [node.name, *reversed(steps)] if isinstance(node, Name) else []
