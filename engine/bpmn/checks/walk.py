"""An exhaustive walk through the paths of one scope: every choice is tried, whatever the conditions say.

A marking is where tokens are: the numbers of the sequence flows on which they came, sorted, one number for each token.
Steps that wait for nobody but themselves are always passed one after the other, in one order: they cannot disturb each
other, so that nothing but choices multiplies the markings (Valmari, stubborn sets; they keep every deadlock).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from engine.bpmn.checks import graph
from engine.bpmn.checks.diagram import Arrow, Node, Scope

#: Markings of one scope, and of all scopes of a file; of a scope that has more, nothing is told.
LIMIT = 2_000
LIMIT_OF_FILE = 20_000
#: Tokens of one marking; a diagram that makes more is told by the rule on paths that meet without a join.
TOKENS = 40
#: Flows of which every combination is tried.
_COMBINED = 5

_CHOICES = frozenset({"exclusiveGateway", "eventBasedGateway"})
_ACTIVITIES = ("Task", "task", "subProcess", "SubProcess", "transaction", "callActivity")
#: End events that end everything else in their scope.
_ENDS_ALL = frozenset({"terminate", "error", "cancel"})

Marking = tuple[int, ...]
Way = tuple[int, ...]


@dataclass(frozen=True)
class DeadEnd:
    """A join at which tokens can wait for ever."""

    join: Node
    #: the flows on which no token can come any more
    missing: tuple[Arrow, ...]
    #: what was chosen on one way there
    way: tuple[Arrow, ...]


def dead_ends(scopes: Iterable[Scope]) -> Iterator[tuple[Scope, DeadEnd]]:
    """The joins of the `scopes` of a file that can starve, each once."""
    left = LIMIT_OF_FILE
    for scope in scopes:
        if any(graph.is_join(scope, node) for node in scope.nodes) and not _has_rules_of_its_own(scope):
            walk = _Walk(scope, min(LIMIT, left))
            yield from ((scope, dead) for dead in walk.dead_ends())
            left -= walk.length


def _has_rules_of_its_own(scope: Scope) -> bool:
    """Complex gateways go on by a condition, and in ad-hoc sub-processes people choose."""
    ad_hoc = bool(scope.owners) and scope.owners[-1].tag == "adHocSubProcess"
    return ad_hoc or any(node.tag == "complexGateway" for node in scope.nodes)


class _Walk:
    def __init__(self, scope: Scope, limit: int) -> None:
        self._scope, self._limit = scope, limit
        self._arrows = scope.arrows
        self._number = {id(arrow): number for number, arrow in enumerate(self._arrows)}
        self._ways = {node.id: self._ways_of(node) for node in scope.nodes}
        #: marking → the one before it, and the flows that were chosen
        self._seen: dict[Marking, tuple[Marking, Way] | None] = {}
        #: join and the flows into it that were asked for → the flows before those
        self._known_before: dict[tuple[str, frozenset[int]], set[int]] = {}

    @property
    def length(self) -> int:
        """How many markings were looked at."""
        return len(self._seen)

    def dead_ends(self) -> list[DeadEnd]:
        """Every join that starves in some marking, with one way to it."""
        found: dict[str, DeadEnd] = {}
        front = list(self._beginnings())
        self._seen.update(dict.fromkeys(front))
        while front:
            marking = front.pop()
            following = list(self._following(marking))
            if marking and not following:
                for dead in self._starving(marking):
                    found.setdefault(dead.join.id, dead)
            for after, chosen in following:
                if after not in self._seen and len(after) <= TOKENS:
                    self._seen[after] = (marking, chosen)
                    front.append(after)
            if len(self._seen) > self._limit:
                return []
        return list(found.values())

    def _beginnings(self) -> Iterator[Marking]:
        """Where tokens are at first; and, each by itself, the side paths that meet nobody else."""
        first = [node for node in self._scope.nodes if self._is_first(node)]
        starts = [node for node in first if node.tag == "startEvent"]
        for start in starts:
            yield from map(_sorted, self._ways[start.id])
        if not starts:
            every: list[Way] = [()]
            for node in first:
                every = [(*one, *other) for one in every for other in self._ways[node.id]][:LIMIT]
            yield from map(_sorted, every)
        for node in self._scope.nodes:
            if node.tag == "boundaryEvent" and not self._is_shared(node) and not node.element.interrupting:
                yield _sorted(self._numbers(self._scope.outgoing(node)))

    def _is_first(self, node: Node) -> bool:
        led_to = node.tag == "boundaryEvent" or node.is_aside or self._scope.incoming(node)
        return not led_to and not (node.tag == "intermediateCatchEvent" and "link" in node.event_kinds)

    def _following(self, marking: Marking) -> Iterator[tuple[Marking, Way]]:
        """The markings after `marking`, with what was chosen: of one step that can be passed, else of every join."""
        for number in marking:
            node = self._arrows[number].target
            if not graph.is_join(self._scope, node):
                yield from self._passed(marking, node, (number,))
                return
        waiting = {self._arrows[number].target.id: self._arrows[number].target for number in marking}
        for node in waiting.values():
            arrived = tuple(number for number in dict.fromkeys(marking) if self._arrows[number].target is node)
            if node.tag == "inclusiveGateway":
                if not self._awaits(node, arrived, marking):
                    yield from self._passed(marking, node, arrived)
            elif len(arrived) == len(self._scope.incoming(node)):
                yield from self._passed(marking, node, arrived)
                return

    def _passed(self, marking: Marking, node: Node, taken: Way) -> Iterator[tuple[Marking, Way]]:
        if node.tag == "endEvent" and not _ENDS_ALL.isdisjoint(node.event_kinds):
            yield (), ()
            return
        left = list(marking)
        for number in taken:
            left.remove(number)
        ways = self._ways[node.id]
        for way in ways:
            yield _sorted((*left, *way)), way if len(ways) > 1 else ()

    def _awaits(self, join: Node, arrived: Way, marking: Marking) -> bool:
        """Whether a token elsewhere can still come on a flow into `join` that has none (BPMN 2.0.2, 13.4.3)."""
        missing = frozenset(self._numbers(self._scope.incoming(join))).difference(arrived)
        awaited = self._before(join, missing) - self._before(join, frozenset(arrived))
        return any(number in awaited for number in marking if self._arrows[number].target is not join)

    def _before(self, join: Node, numbers: frozenset[int]) -> set[int]:
        """The flows from which a path leads to one of `numbers`, not through `join`."""
        known = self._known_before.get((join.id, numbers))
        if known is not None:
            return known
        found, front = set(numbers), list(numbers)
        while front:
            source = self._arrows[front.pop()].source
            if source.tag == "boundaryEvent":
                source = self._scope.by_id.get(source.element.attached_to, source)
            for number in self._numbers(self._scope.incoming(source)) if source is not join else ():
                if number not in found:
                    found.add(number)
                    front.append(number)
        self._known_before[join.id, numbers] = found
        return found

    def _starving(self, marking: Marking) -> Iterator[DeadEnd]:
        joins = {self._arrows[number].target.id: self._arrows[number].target for number in marking}
        for join in joins.values():
            missing = [arrow for arrow in self._scope.incoming(join) if self._number[id(arrow)] not in marking]
            yield DeadEnd(join, tuple(missing), self._way_to(marking))

    def _way_to(self, marking: Marking) -> tuple[Arrow, ...]:
        chosen: list[Way] = []
        before = self._seen[marking]
        while before is not None:
            chosen.append(before[1])
            before = self._seen[before[0]]
        return tuple(self._arrows[number] for way in reversed(chosen) for number in way)

    def _ways_of(self, node: Node) -> list[Way]:
        """What can leave `node` when it is passed: each the numbers of flows that get a token together."""
        out = self._scope.outgoing(node)
        if node.tag in _CHOICES:
            return [(number,) for number in self._numbers(out)] or [()]
        if node.tag == "inclusiveGateway":
            return _some(self._numbers(out)) or [()]
        if node.tag == "intermediateThrowEvent" and "link" in node.event_kinds:
            return [self._numbers(self._linked(node))]
        ways = self._unless(node, out)
        if node.tag.endswith(_ACTIVITIES):
            ways += [self._numbers(self._scope.outgoing(event)) for event in self._interrupting(node)]
            for event in self._shared(node):
                ways += [(*way, *self._numbers(self._scope.outgoing(event))) for way in ways]
        return ways

    def _unless(self, node: Node, out: Sequence[Arrow]) -> list[Way]:
        """All flows; of those with a condition any, or the default."""
        default = [arrow for arrow in out if arrow.id == node.element.default]
        free = [arrow for arrow in out if not arrow.condition and arrow not in default]
        asked = [arrow for arrow in out if arrow.condition and arrow not in default]
        if not asked or node.tag == "parallelGateway":
            return [self._numbers(out)]
        always = self._numbers(free)
        return [(*always, *self._numbers(default)), *((*always, *some) for some in _some(self._numbers(asked)))]

    def _linked(self, thrown: Node) -> list[Arrow]:
        caught = (node for node in self._scope.nodes if "link" in node.event_kinds and node.element.event.name)
        named = [node for node in caught if node.tag == "intermediateCatchEvent"]
        return [
            arrow
            for node in named
            if node.element.event.name == thrown.element.event.name
            for arrow in self._scope.outgoing(node)
        ]

    def _interrupting(self, node: Node) -> list[Node]:
        return [event for event in self._scope.boundary(node) if event.element.interrupting]

    def _shared(self, node: Node) -> list[Node]:
        asides = [event for event in self._scope.boundary(node) if not event.element.interrupting]
        return [event for event in asides if self._is_shared(event)][:_COMBINED]

    def _is_shared(self, event: Node) -> bool:
        """Whether the path behind `event` comes to a join, where it may meet others."""
        seen: set[str] = set()
        front = [arrow.target for arrow in self._scope.outgoing(event)]
        while front:
            node = front.pop()
            if graph.is_join(self._scope, node):
                return True
            if node.id not in seen:
                seen.add(node.id)
                front += [arrow.target for arrow in self._scope.outgoing(node)]
        return False

    def _numbers(self, arrows: Sequence[Arrow]) -> Way:
        return tuple(self._number[id(arrow)] for arrow in arrows)


def _some(numbers: Way) -> list[Way]:
    """Every combination of at least one; of very many, each alone and all."""
    if len(numbers) > _COMBINED:
        return [*((number,) for number in numbers), numbers]
    return list(chain.from_iterable(combinations(numbers, count) for count in range(1, len(numbers) + 1)))


def _sorted(numbers: Way) -> Marking:
    return tuple(sorted(numbers))
