"""Rules on tasks: forms and people, topics, decisions, scripts and called processes."""

from collections.abc import Iterator

from engine.bpmn.checks import graph
from engine.bpmn.checks.diagram import Diagram, FileSet, Finding, Node, Rule
from engine.bpmn.checks.texts import events as event_texts
from engine.bpmn.checks.texts import files as file_texts
from engine.bpmn.checks.texts import tasks as texts
from engine.bpmn.elements import extension_attributes, is_count
from engine.bpmn.expressions import is_expression
from engine.bpmn.xml import CAMUNDA, children
from engine.dmn import Decision
from engine.problems import Severity

_FEEL_FORMATS = frozenset({"feel", "application/feel", "text/feel"})
_FORMS = ("userTask", "startEvent")
_EXTERNAL = ("serviceTask", "sendTask", "intermediateThrowEvent", "endEvent")
_SINGLE_HIT = frozenset({"UNIQUE", "FIRST", "ANY"})
_MAPPINGS = frozenset({"", "singleEntry", "singleResult", "collectEntries", "resultList"})
#: Mappings that need tables with one output column.
_ENTRIES = frozenset({"singleEntry", "collectEntries"})


def forms(diagram: Diagram) -> Iterator[Finding]:
    """Forms and pages exist."""
    for _, node in diagram.running_nodes(*_FORMS):
        form = node.element.form
        fields = f"{{{CAMUNDA}}}formData"
        if any(holder.find(fields) is not None for holder in children(node.xml, "extensionElements")):
            yield diagram.at(node, texts.FORM_FIELDS)
        elif not form and node.tag == "userTask":
            yield diagram.at(node, texts.NO_FORM, Severity.WARNING)
        if is_expression(form):
            yield diagram.at(node, event_texts.NAME_EXPRESSION, text=form)
        elif form.startswith("app:"):
            if form.removeprefix("app:") not in diagram.known.pages:
                yield diagram.at(node, texts.UNKNOWN_PAGE, diagram.known.missing, page=form.removeprefix("app:"))
        elif form and form not in diagram.files.forms:
            yield diagram.at(node, texts.UNKNOWN_FORM, form=form)


def people(diagram: Diagram) -> Iterator[Finding]:
    """Work is offered to groups that exist."""
    for _, node in diagram.running_nodes("userTask", "manualTask"):
        element = node.element
        others = element.assignee or element.candidate_users
        named = element.candidate_groups or ((element.lane,) if element.lane and not others else ())
        for group in named:
            if not is_expression(group) and group not in diagram.known.groups:
                yield diagram.at(node, texts.UNKNOWN_GROUP, diagram.known.missing, group=group)
        if not (named or element.candidate_users or element.assignee):
            yield diagram.at(node, texts.NOBODY, Severity.WARNING)
        if element.priority and not is_expression(element.priority) and not is_count(element.priority):
            yield diagram.at(node, texts.PRIORITY, Severity.WARNING, text=element.priority)


def starters(diagram: Diagram) -> Iterator[Finding]:
    """Those who may start a process are groups that exist."""
    for scope in diagram.running:
        if scope.owners:
            continue
        groups = extension_attributes(scope.xml).get("candidateStarterGroups", "").split(",")
        for group in filter(None, map(str.strip, groups)):
            if group not in diagram.known.groups:
                yield diagram.at(scope.xml, texts.UNKNOWN_GROUP, diagram.known.missing, group=group)


def topics(diagram: Diagram) -> Iterator[Finding]:
    """Somebody does the work of automatic steps."""
    for _, node in diagram.running_nodes(*_EXTERNAL):
        topic, retries = node.element.topic, node.element.retries
        if not topic:
            if node.tag == "serviceTask":
                yield diagram.at(node, texts.NO_TOPIC)
        elif is_expression(topic):
            yield diagram.at(node, event_texts.NAME_EXPRESSION, text=topic)
        elif topic not in diagram.known.topics:
            yield diagram.at(node, texts.UNKNOWN_TOPIC, diagram.known.missing, topic=topic)
        if topic and retries and not is_count(retries):
            yield diagram.at(node, texts.RETRIES, Severity.WARNING, text=retries)


def decisions(diagram: Diagram) -> Iterator[Finding]:
    """Decisions exist, and their results go somewhere in a shape that fits."""
    for _, node in diagram.running_nodes("businessRuleTask"):
        element, found = node.element, diagram.files.decisions
        if not element.decision:
            yield diagram.at(node, texts.NO_DECISION)
        elif is_expression(element.decision):
            yield diagram.at(node, event_texts.NAME_EXPRESSION, text=element.decision)
        elif element.decision not in found:
            yield diagram.at(node, texts.UNKNOWN_DECISION, decision=element.decision)
        if element.map_result not in _MAPPINGS:
            yield diagram.at(node, texts.MAP_RESULT, text=element.map_result)
        yield from _results(diagram, node)


def _results(diagram: Diagram, node: Node) -> Iterator[Finding]:
    element = node.element
    decision = diagram.files.decision(element.decision)
    if not element.result:
        spreads = element.map_result in {"", "singleResult"} and (decision is None or bool(_columns(decision)))
        if spreads:
            yield diagram.at(node, texts.SPREAD_RESULT, Severity.NOTE)
        else:
            yield diagram.at(node, texts.NO_RESULT)
    why = _mismatch(decision, element.map_result) if decision is not None else None
    if why is not None:
        params = {"mapping": element.map_result, "decision": element.decision, "why": why[1], "why_zh": why[2]}
        yield diagram.at(node, texts.RESULT_MISMATCH, why[0], **params)


def _mismatch(decision: Decision, mapping: str) -> tuple[Severity, str, str] | None:
    if mapping in _ENTRIES and len(decision.outputs) > 1:
        why = f"it has {len(decision.outputs)} outputs where one is expected"
        return Severity.ERROR, why, f"该表有 {len(decision.outputs)} 个输出，而此映射只允许一个"
    table = decision.table
    is_many = table is not None and table.hit_policy not in _SINGLE_HIT and not table.aggregation
    if is_many and mapping in {"singleEntry", "singleResult"}:
        return (
            Severity.WARNING,
            "several rules may match, which would stop the case",
            "可能命中多条规则，案件会因此停止",
        )
    return None


def _columns(decision: Decision) -> bool:
    table = decision.table
    return table is not None and table.hit_policy in _SINGLE_HIT


def scripts(diagram: Diagram) -> Iterator[Finding]:
    """Scripts are FEEL, and their value goes somewhere."""
    for _, node in diagram.running_nodes("scriptTask"):
        language = node.element.script_format
        if language and language.lower() not in _FEEL_FORMATS:
            yield diagram.at(node, texts.SCRIPT_LANGUAGE, language=language)
        elif not language and node.xml.find("{*}script") is not None:
            yield diagram.at(node, texts.SCRIPT_LANGUAGE, language="")
        if not node.element.script:
            yield diagram.at(node, texts.NO_SCRIPT)
        if not node.element.result:
            yield diagram.at(node, texts.NO_RESULT)


def calls(diagram: Diagram) -> Iterator[Finding]:
    """Called processes exist, and mappings are whole."""
    for _, node in diagram.running_nodes("callActivity"):
        element, known = node.element, diagram.known
        if not element.called:
            yield diagram.at(node, texts.NO_CALLED)
        elif not is_expression(element.called) and element.called not in {*diagram.files.processes, *known.processes}:
            yield diagram.at(node, texts.UNKNOWN_PROCESS, known.missing, process=element.called)
        if not (element.call_in or element.call_out or element.inputs or element.outputs):
            yield diagram.at(node, texts.NO_MAPPING, Severity.NOTE)
        for source, _target in (*element.call_in, *element.call_out):
            if not source:
                yield diagram.at(node, texts.EMPTY_MAPPING, part="source", part_zh="来源")


def mappings(diagram: Diagram) -> Iterator[Finding]:
    """Inputs and outputs have names."""
    for _, node in diagram.running_nodes():
        if "" in node.element.inputs or "" in node.element.outputs:
            yield diagram.at(node, texts.EMPTY_MAPPING, part="name", part_zh="名称")


def plain_tasks(diagram: Diagram) -> Iterator[Finding]:
    """Tasks without a type are done by nobody."""
    for _, node in diagram.running_nodes("task"):
        yield diagram.at(node, texts.PLAIN_TASK, Severity.NOTE)


def circular_calls(diagram: Diagram) -> Iterator[Finding]:
    """Processes do not call each other in a circle."""
    for circle in graph.circles(_called(diagram.files)):
        shown = " → ".join([*circle, circle[0]])
        for scope, node in diagram.running_nodes("callActivity"):
            key = scope.process.get("id", "")
            if key in circle and node.element.called in circle:
                yield diagram.at(node, file_texts.CIRCULAR_CALL, Severity.WARNING, circle=shown)


def _called(files: FileSet) -> dict[str, list[str]]:
    following: dict[str, list[str]] = {key: [] for key in files.processes}
    for diagram in files.diagrams:
        for scope, node in diagram.running_nodes("callActivity"):
            following.setdefault(scope.process.get("id", ""), []).append(node.element.called)
    return following


RULES: list[Rule] = [
    forms, people, starters, topics, decisions, scripts, calls, mappings, plain_tasks, circular_calls,
]  # fmt: skip
