"""What loops mean: `for`, `some`, `every` and filters. Each pass pays the size of its body."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from engine.feel.budget import spend
from engine.feel.compiler import Run, compile_node
from engine.feel.nodes import Binding, Filter, For, Name, Node, Quantified, size, walk
from engine.feel.numbers import whole
from engine.feel.operators import members
from engine.feel.scope import Scope
from engine.feel.types import Range

_ITEM = "item"
#: The results so far, inside the body of a loop.
_PARTIAL = "partial"
_Bindings = tuple[tuple[str, Run], ...]


@compile_node.register
def _for(node: For) -> Run:
    bindings, body, cost = _bindings(node.bindings), compile_node(node.body), _cost(node.body)
    sees_results = any(part == Name(_PARTIAL) for part, _ in walk(node.body))

    def run(scope: Scope) -> object:
        results: list[object] = []
        for inner in _passes(bindings, scope):
            if inner is None:
                return None
            spend(cost)
            if sees_results:
                spend(len(results))
                inner = Scope({_PARTIAL: list(results)}, inner)
            results.append(body(inner))
        return results

    return run


@compile_node.register
def _quantified(node: Quantified) -> Run:
    bindings, body, cost = _bindings(node.bindings), compile_node(node.body), _cost(node.body)
    deciding = not node.every

    def run(scope: Scope) -> object:
        unknown = False
        for inner in _passes(bindings, scope):
            if inner is None:
                return None
            spend(cost)
            verdict = body(inner)
            if verdict is deciding:
                return deciding
            unknown = unknown or not isinstance(verdict, bool)
        return None if unknown else not deciding

    return run


@compile_node.register
def _filter(node: Filter) -> Run:
    source, condition, cost = compile_node(node.source), compile_node(node.condition), _cost(node.condition)

    def run(scope: Scope) -> object:
        value = source(scope)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        kept: list[object] = []
        for place, item in enumerate(items):
            spend(cost)
            verdict = condition(_item_scope(item, scope))
            if place == 0 and isinstance(verdict, Decimal):
                return _pick(items, condition(scope))
            if verdict is True:
                kept.append(item)
            elif verdict is not False and verdict is not None:
                return None
        return kept if items or not isinstance(condition(scope), Decimal) else None

    return run


def _item_scope(item: object, outer: Scope) -> Scope:
    """Inside a filter `item` is the item, and the entries of a context are names of their own."""
    around = Scope({_ITEM: item}, outer)
    return Scope(item, around) if isinstance(item, Mapping) else around


def _pick(items: list[object], index: object) -> object:
    """The item at `index`: the first is 1, the last -1; null outside the list."""
    place = whole(index) if isinstance(index, Decimal) else None
    if not place or not -len(items) <= place <= len(items):
        return None
    return items[place - 1 if place > 0 else place]


def _cost(body: Node) -> int:
    return 1 + size(body)


def _bindings(bindings: tuple[Binding, ...]) -> _Bindings:
    return tuple((binding.name, compile_node(binding.source)) for binding in bindings)


def _passes(bindings: _Bindings, scope: Scope) -> Iterator[Scope | None]:
    """A scope for each combination of the bindings, later ones turning fastest; None where a source is no list."""
    (name, source), rest = bindings[0], bindings[1:]
    values = _values(source(scope))
    if values is None:
        yield None
        return
    for value in values:
        spend(1)
        inner = Scope({name: value}, scope)
        if rest:
            yield from _passes(rest, inner)
        else:
            yield inner


def _values(source: object) -> Iterator[object] | None:
    if isinstance(source, list):
        return iter(source)
    if isinstance(source, Range):
        return members(source)
    return None if source is None else iter([source])
