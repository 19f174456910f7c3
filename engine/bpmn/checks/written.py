"""Every FEEL text of a diagram, with the place where it is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from engine import feel
from engine.bpmn.checks.diagram import Arrow, Diagram, Node, Scope
from engine.bpmn.expressions import is_expression, is_time, parsed
from engine.bpmn.parts.texts import CONDITION_LANGUAGE, SCRIPT_LANGUAGE
from engine.errors import FeelSyntaxError

#: What a text is for → how it is called in Chinese.
PLACES = {
    "condition": "条件",
    "script": "脚本",
    "timer": "定时器",
    "due date": "到期时间",
    "follow-up date": "跟进时间",
    "input": "输入映射",
    "output": "输出映射",
    "assignee": "办理人",
    "candidate group": "候选组",
    "candidate user": "候选人",
    "priority": "优先级",
    "collection": "集合",
    "number of items": "循环基数",
    "loop condition": "循环条件",
    "result of an item": "单项结果",
    "called process": "被调用流程",
    "business key": "业务键",
    "decision": "决策",
    "mapping into the called process": "调用输入映射",
    "mapping out of the called process": "调用输出映射",
}
#: Places where text is FEEL only when it is wrapped as `${…}` or `=…`.
_LITERALS = frozenset(
    {
        "input",
        "output",
        "assignee",
        "candidate group",
        "candidate user",
        "priority",
        "called process",
        "business key",
        "decision",
    }
)
_TIMES = frozenset({"timer", "due date", "follow-up date"})
#: Places whose value must be true or false.
CONDITIONS = frozenset({"condition", "loop condition"})
#: Characters of a text that problems show.
_SHOWN = 80


@dataclass(frozen=True)
class Written:
    """A FEEL text, what it is for, and where it stands."""

    scope: Scope
    at: Node | Arrow
    place: str
    text: str

    @property
    def params(self) -> dict[str, object]:
        """What every problem of the text says."""
        place_zh = PLACES[self.place]
        where = {"where": f"{self.place.capitalize()}: ", "where_zh": f"{place_zh}："}
        return {"place": self.place, "place_zh": place_zh, "text": self.text.strip()[:_SHOWN], **where}

    def read(self) -> feel.Expression | None:
        """The expression, None if it cannot be read."""
        return self._expression

    @cached_property
    def _expression(self) -> feel.Expression | None:
        try:
            return parsed(self.text)
        except FeelSyntaxError:
            return None


#: The texts of the diagrams that are being checked: several rules look at them.
_found: WeakKeyDictionary[Diagram, tuple[Written, ...]] = WeakKeyDictionary()


def expressions(diagram: Diagram) -> tuple[Written, ...]:
    """Every text of the steps that would run and is evaluated as FEEL."""
    if diagram not in _found:
        _found[diagram] = tuple(_expressions(diagram))
    return _found[diagram]


def _expressions(diagram: Diagram) -> Iterator[Written]:
    for scope in diagram.scopes:
        for arrow in scope.arrows:
            if arrow.condition and not any(choice.code == CONDITION_LANGUAGE for choice in arrow.choices):
                yield Written(scope, arrow, "condition", arrow.condition)
        for node in scope.nodes:
            for place, text in _texts(node):
                if text and not _is_refused(node, place) and _is_feel(place, text):
                    yield Written(scope, node, place, text)


def _is_refused(node: Node, place: str) -> bool:
    """Whether a script is told as a whole already."""
    return place == "script" and any(choice.code == SCRIPT_LANGUAGE for choice in node.choices)


def _is_feel(place: str, text: str) -> bool:
    if place in _LITERALS:
        return is_expression(text)
    return not (place in _TIMES and is_time(text))


def _texts(node: Node) -> Iterable[tuple[str, str]]:
    element = node.element
    yield "script", element.script
    for event in element.events:
        if event.kind in {"timer", "conditional"}:
            yield "timer" if event.kind == "timer" else "condition", event.text
    yield "condition", element.gate.activation_condition
    yield "condition", element.container.completion_condition
    if node.tag in {"userTask", "manualTask"}:
        yield from _of_task(node)
    yield "decision", element.decision
    yield from (("input", text) for text in element.inputs.values())
    yield from (("output", text) for text in element.outputs.values())
    if element.loop is not None:
        yield "collection", element.loop.collection
        yield "number of items", "" if element.loop.collection else element.loop.cardinality
        yield "loop condition", element.loop.condition
        yield "result of an item", element.loop.item_result
        yield from (("condition", text) for text, _ in element.loop.complex)
    if node.tag == "callActivity":
        yield "called process", element.called
        yield "business key", element.called_business_key
        yield from (("mapping into the called process", source) for source, _ in element.call_in if source != "*")
        yield from (("mapping out of the called process", source) for source, _ in element.call_out if source != "*")


def _of_task(node: Node) -> Iterable[tuple[str, str]]:
    element = node.element
    yield "due date", element.due
    yield "follow-up date", element.follow_up
    yield "assignee", element.assignee
    yield "priority", element.priority
    yield from (("candidate group", text) for text in element.candidate_groups)
    yield from (("candidate user", text) for text in element.candidate_users)
