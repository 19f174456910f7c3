"""Rules on gateways, conditions and the paths through a diagram."""

import re
from collections.abc import Iterator

from engine.bpmn.checks import graph, walk
from engine.bpmn.checks.diagram import Arrow, Diagram, Finding, Node, Rule
from engine.bpmn.checks.texts import flows as texts
from engine.bpmn.expressions import parsed
from engine.bpmn.gateways import asks_for_state
from engine.errors import FeelError
from engine.problems import Severity

_CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})
#: Steps at which a path waits, so that a circle through them costs nothing by itself.
_WAITS = frozenset(
    {
        *("userTask", "manualTask", "serviceTask", "receiveTask", "subProcess", "callActivity"),
        *("intermediateCatchEvent", "eventBasedGateway", "transaction", "adHocSubProcess"),
    }
)
_COMPARISON = re.compile(r"(.+?)\s*(<=|>=|!=|<|>|=)\s*(.+)", re.DOTALL)
_OPPOSITES = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
#: Choices that are named as the way to a dead end: the last ones.
_STEPS_SHOWN = 5
_EVENTS_WAITED_FOR = frozenset({"message", "timer", "signal", "conditional"})


def defaults(diagram: Diagram) -> Iterator[Finding]:
    """Where flows are chosen, one is always found."""
    for scope, node in diagram.nodes():
        out, default = scope.outgoing(node), node.element.default
        if default and all(arrow.id != default for arrow in out):
            yield diagram.at(node, texts.UNKNOWN_DEFAULT, id=default)
        conditions = [arrow for arrow in out if arrow.condition and arrow.id != default]
        has_other = len(conditions) < len(out)
        if not conditions or has_other or node.tag in {"parallelGateway", "eventBasedGateway"}:
            continue
        code = texts.NO_DEFAULT if node.tag in _CHOOSING else texts.LOST_TOKEN
        texts_of_conditions = [arrow.condition for arrow in conditions]
        yield diagram.at(node, code, Severity.WARNING if _exhaustive(texts_of_conditions) else diagram.known.risky)


def unconditional(diagram: Diagram) -> Iterator[Finding]:
    """An exclusive gateway does not choose by the order of flows alone."""
    for scope, node in diagram.nodes("exclusiveGateway"):
        out = scope.outgoing(node)
        for arrow in out if len(out) > 1 else []:
            if not arrow.condition and arrow.id != node.element.default:
                flow = arrow.xml.get("name") or arrow.id
                yield diagram.at(arrow, texts.NO_CONDITION, Severity.WARNING, flow=flow)


def ignored_conditions(diagram: Diagram) -> Iterator[Finding]:
    """Conditions stand only where they are asked."""
    for scope in diagram.scopes:
        for arrow in scope.arrows:
            why = _why_ignored(arrow)
            if arrow.condition and why:
                yield diagram.at(arrow, texts.CONDITION_IGNORED, diagram.known.risky, why=why[0], why_zh=why[1])


def _why_ignored(arrow: Arrow) -> tuple[str, str] | None:
    if arrow.source.element.default == arrow.id:
        return "the default flow is taken when no other is", "默认流在其他流均不成立时被选中"
    if arrow.source.tag == "parallelGateway":
        return "a parallel gateway takes every flow", "并行网关会走每一条流"
    if arrow.source.tag == "eventBasedGateway":
        return "the first event decides", "由最先发生的事件决定"
    return None


def complex_resets(diagram: Diagram) -> Iterator[Finding]:
    """Behind a complex gateway that waits for some, paths are not taken twice by accident (BPMN 2.0.2, 13.4.5)."""
    for scope, node in diagram.nodes("complexGateway"):
        for arrow in scope.outgoing(node) if len(scope.incoming(node)) > 1 else ():
            if arrow.condition and arrow.id != node.element.default and not _asks_for_state(arrow.condition):
                yield diagram.at(arrow, texts.COMPLEX_RESET, Severity.WARNING)


def _asks_for_state(condition: str) -> bool:
    try:
        return asks_for_state(condition)
    except FeelError:
        return True  # the text itself is told as a problem


def event_gateways(diagram: Diagram) -> Iterator[Finding]:
    """Behind an event-based gateway stand events that can win."""
    for scope, node in diagram.nodes("eventBasedGateway"):
        out = scope.outgoing(node)
        if len(out) < 2:
            yield diagram.at(node, texts.EVENT_GATEWAY_FLOWS, diagram.known.risky, count=len(out))
        for arrow in out:
            if not _can_win(arrow.target):
                name = arrow.target.element.name or arrow.target.id
                yield diagram.at(arrow, texts.EVENT_GATEWAY_TARGET, target=name)


def _can_win(node: Node) -> bool:
    if node.tag == "receiveTask":
        return node.element.loop is None
    return node.tag == "intermediateCatchEvent" and node.element.event.kind in _EVENTS_WAITED_FOR


def joins(diagram: Diagram) -> Iterator[Finding]:
    """A parallel join can get all its tokens."""
    for scope, node in diagram.nodes("parallelGateway"):
        split = graph.chosen_twice(scope, node)
        if split is not None:
            yield diagram.at(node, texts.JOIN_STARVES, Severity.WARNING, split=split.element.name or split.id)


def dead_ends(diagram: Diagram) -> Iterator[Finding]:
    """Whatever is chosen, every path comes to an end."""
    for scope, dead in walk.dead_ends(diagram.scopes):
        if graph.chosen_twice(scope, dead.join) is None:  # told by `joins`
            missing, way = ([_said(arrow) for arrow in arrows] for arrows in (dead.missing, dead.way[-_STEPS_SHOWN:]))
            yield diagram.at(
                dead.join,
                texts.JOIN_WAITS,
                Severity.WARNING,
                missing=", ".join(missing),
                missing_zh="、".join(missing),
                way=f", as after {', '.join(way)}" if way else "",
                way_zh=f"（例如在{'、'.join(way)}之后）" if way else "",
            )


def _said(arrow: Arrow) -> str:
    """A flow by its name, or by what it connects."""
    ends = (node.element.name or node.id for node in (arrow.source, arrow.target))
    return f"“{arrow.xml.get('name') or ' → '.join(ends)}”"


def merges(diagram: Diagram) -> Iterator[Finding]:
    """Paths that run at the same time are joined before they meet."""
    for scope in diagram.scopes:
        for node in graph.doubled(scope):
            yield diagram.at(node, texts.RUNS_TWICE, Severity.WARNING)


def endless_loops(diagram: Diagram) -> Iterator[Finding]:
    """Every circle waits somewhere."""
    for scope in diagram.scopes:
        automatic = {node.id: node for node in scope.nodes if not _waits(node)}
        following = {
            key: [arrow.target.id for arrow in scope.outgoing(node) if arrow.target.id in automatic]
            for key, node in automatic.items()
        }
        for circle in graph.circles(following):
            names = " → ".join(scope.by_id[key].element.name or key for key in circle[:8])
            yield diagram.at(scope.by_id[circle[0]], texts.ENDLESS_LOOP, Severity.WARNING, circle=names)


def _waits(node: Node) -> bool:
    return node.tag in _WAITS or bool(node.element.topic)


def _exhaustive(conditions: list[str]) -> bool:
    """Whether one of the two conditions obviously holds as long as the values are there."""
    try:
        feel = [" ".join(parsed(text).text.split()) for text in conditions]
    except FeelError:
        return True  # the text itself is told as a problem
    if "true" in feel:
        return True
    if len(feel) != 2:
        return False
    one, other = feel
    return _negated(one, other) or _negated(other, one) or _opposed(one, other)


def _negated(one: str, other: str) -> bool:
    return other in {f"not({one})", f"not ({one})", f"{one} = false"} or (
        one.endswith(" = true") and other == f"{one.removesuffix('true')}false"
    )


def _opposed(one: str, other: str) -> bool:
    first, second = _COMPARISON.fullmatch(one), _COMPARISON.fullmatch(other)
    if first is None or second is None or _is_compound(one) or _is_compound(other):
        return False
    same_sides = first[1] == second[1] and first[3] == second[3]
    return same_sides and _OPPOSITES[first[2]] == second[2]


def _is_compound(text: str) -> bool:
    return re.search(r"\b(and|or|if|for|some|every)\b", text) is not None


RULES: list[Rule] = [
    defaults, unconditional, ignored_conditions, complex_resets, event_gateways, joins, dead_ends, merges,
    endless_loops,
]  # fmt: skip
