"""What an expression reads and calls: the names it takes from outside, and its functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel.nodes import Call, ContextOf, Filter, For, Name, Node, Path, Quantified, children, walk
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
    """The names of the functions that `root` calls."""
    return frozenset(node.name for node, _ in walk(root) if isinstance(node, Call))


def _reads(node: Node, local: frozenset[str], *, in_filter: bool) -> Iterator[tuple[str, bool]]:
    """Each path with whether it stands in a filter; `local` names are bound inside the expression."""
    if path := _dotted(node):
        if path[0] not in local:
            yield ".".join(path), in_filter
    elif isinstance(node, For | Quantified | ContextOf):
        for name, part in _bound(node):
            yield from _reads(part, local, in_filter=in_filter)
            local |= {name}
    elif isinstance(node, Filter):
        yield from _reads(node.source, local, in_filter=in_filter)
        yield from _reads(node.condition, local | {"item"}, in_filter=True)
    else:
        for child in children(node):
            yield from _reads(child, local, in_filter=in_filter)


def _bound(node: For | Quantified | ContextOf) -> list[tuple[str, Node]]:
    """The parts of `node` in order, each with the name that stands for it in the parts after it."""
    if isinstance(node, ContextOf):
        return [(entry.key, entry.value) for entry in node.entries]
    return [*((binding.name, binding.source) for binding in node.bindings), ("", node.body)]


def _dotted(node: Node) -> list[str]:
    """The steps of a path that starts at a name; empty for any other node."""
    steps: list[str] = []
    while isinstance(node, Path):
        steps.append(node.name)
        node = node.source
    return [node.name, *reversed(steps)] if isinstance(node, Name) else []
