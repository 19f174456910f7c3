"""Questions about paths, answered without recursion and in bounded time."""

from collections.abc import Iterable, Mapping, Sequence

from engine.bpmn.checks.diagram import Arrow, Node, Scope

#: Arrows that the search for doubled paths looks at in one scope; what lies beyond is not told.
_WORK = 200_000
#: Steps that a search goes back along one way.
_STRETCH = 50

_JOINS = frozenset({"parallelGateway", "inclusiveGateway"})
#: Gateways of whose outgoing flows only one is taken.
_CHOICES = frozenset({"exclusiveGateway", "eventBasedGateway"})


def circles(following: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Circles in a graph given as key → keys that follow it; circles that share a path are told by one of them."""
    left = _without_ends({key: [each for each in keys if each in following] for key, keys in following.items()})
    found = []
    for beginning in list(left):
        path: dict[str, None] = {}
        key = beginning
        while key in left and key not in path:
            path[key] = None
            key = next((each for each in left[key] if each in left), "")
        if key in path:
            steps = list(path)
            found.append(steps[steps.index(key) :])
        for passed in path:
            del left[passed]
    return found


def _without_ends(following: dict[str, list[str]]) -> dict[str, list[str]]:
    """`following` without the keys from which every path ends."""
    before: dict[str, list[str]] = {}
    for key, keys in following.items():
        for each in keys:
            before.setdefault(each, []).append(key)
    open_ways = {key: len(keys) for key, keys in following.items()}
    ends = [key for key, count in open_ways.items() if not count]
    while ends:
        for key in before.get(ends.pop(), []):
            open_ways[key] -= 1
            if not open_ways[key]:
                ends.append(key)
    return {key: keys for key, keys in following.items() if open_ways[key]}


def is_join(scope: Scope, node: Node) -> bool:
    """Whether `node` waits for several paths."""
    return node.tag in _JOINS and len(scope.incoming(node)) > 1


def chosen_twice(scope: Scope, join: Node) -> Node | None:
    """The gateway of which two different flows lead straight into `join`, though it takes only one of them."""
    origins: dict[str, str] = {}
    for arrow in scope.incoming(join):
        first = _first_of_stretch(scope, arrow)
        if first.source.tag in _CHOICES and origins.setdefault(first.source.id, first.id) != first.id:
            return first.source
    return None


def _first_of_stretch(scope: Scope, arrow: Arrow) -> Arrow:
    """The first arrow of the stretch without branches that ends with `arrow`."""
    passed: set[str] = set()
    while arrow.source.id not in passed and len(passed) < _STRETCH:
        node = arrow.source
        passed.add(node.id)
        before = scope.incoming(node)
        if len(before) != 1 or len(scope.outgoing(node)) != 1 or scope.boundary(node):
            break
        arrow = before[0]
    return arrow


def doubled(scope: Scope) -> list[Node]:
    """Nodes where paths that run at the same time first meet without a join, in document order."""
    found: dict[str, Node] = {}
    work = 0
    for ways in _forks(scope):
        reached: dict[str, int] = {}
        for number, way in enumerate(ways):
            front, seen = list(way), set()
            while front and work < _WORK:
                arrow = front.pop()
                node = arrow.target
                work += 1
                if node.id in seen or is_join(scope, node):
                    continue
                seen.add(node.id)
                if reached.setdefault(node.id, number) != number:
                    # Another way came here before; what is behind was told with this node.
                    found[node.id] = node
                else:
                    front += scope.outgoing(node)
    return [node for node in scope.nodes if node.id in found and _matters(node)]


def _forks(scope: Scope) -> Iterable[list[list[Arrow]]]:
    """For each place where paths part that run at the same time, the arrows with which each path begins."""
    for node in scope.nodes:
        out = scope.outgoing(node)
        if node.tag not in _CHOICES and len(out) > 1 and not _takes_one(out, node):
            yield [[arrow] for arrow in out]
        for event in scope.boundary(node):
            if not event.element.interrupting:
                yield [out, scope.outgoing(event)]


def _takes_one(out: Sequence[Arrow], node: Node) -> bool:
    """Whether a condition and a default make it one path or the other."""
    return len(out) == 2 and any(arrow.id == node.element.default for arrow in out)


def _matters(node: Node) -> bool:
    """Whether it makes a difference that the node is passed twice: it does not for a plain end."""
    return node.tag != "endEvent" or bool(node.event_kinds)
