"""Rules on tasks: forms and people, topics, decisions, scripts and called processes."""

from collections.abc import Iterator

from engine.bpmn.checks import graph
from engine.bpmn.checks.diagram import Diagram, Finding, Node, Rule
from engine.bpmn.checks.texts import events as event_texts
from engine.bpmn.checks.texts import files as file_texts
from engine.bpmn.checks.texts import tasks as texts
from engine.bpmn.checks.texts import unsupported as unsupported_texts
from engine.bpmn.elements import is_count
from engine.bpmn.expressions import is_expression
from engine.bpmn.parts import extension_attributes
from engine.dmn import Decision
from engine.problems import Severity

_FORMS = ("userTask", "startEvent")
_SINGLE_HIT = frozenset({"UNIQUE", "FIRST", "ANY", "PRIORITY"})
_MAPPINGS = frozenset({"", "singleEntry", "singleResult", "collectEntries", "resultList"})
#: How a call may be bound to a version.
_CALLED = frozenset({"", "latest", "deployment", "version", "versionTag"})
#: Mappings that need tables with one output column.
_ENTRIES = frozenset({"singleEntry", "collectEntries"})


def forms(diagram: Diagram) -> Iterator[Finding]:
    """Forms and pages exist."""
    missing = diagram.known.missing
    for _, node in diagram.nodes(*_FORMS):
        form = node.element.form
        if not form and node.tag == "userTask":
            yield diagram.at(node, texts.NO_FORM, Severity.WARNING)
        if is_expression(form):
            yield diagram.at(node, event_texts.NAME_EXPRESSION, missing, text=form)
        elif form.startswith("app:"):
            if form.removeprefix("app:") not in diagram.known.pages:
                yield diagram.at(node, texts.UNKNOWN_PAGE, missing, page=form.removeprefix("app:"))
        elif form and form not in diagram.files.forms:
            yield diagram.at(node, texts.UNKNOWN_FORM, missing, form=form)


def people(diagram: Diagram) -> Iterator[Finding]:
    """Work is offered to groups that exist."""
    for _, node in diagram.nodes("userTask", "manualTask"):
        element = node.element
        others = element.assignee or element.candidate_users
        named = element.candidate_groups or ((element.lane,) if element.lane and not others else ())
        for group in named:
            if not is_expression(group) and not {group, group.rpartition("@")[0]} & diagram.known.groups:
                yield diagram.at(node, texts.UNKNOWN_GROUP, diagram.known.missing, group=group)
        if not (named or element.candidate_users or element.assignee):
            yield diagram.at(node, texts.NOBODY, Severity.WARNING)
        if element.priority and not is_expression(element.priority) and not is_count(element.priority):
            yield diagram.at(node, texts.PRIORITY, Severity.WARNING, text=element.priority)


def starters(diagram: Diagram) -> Iterator[Finding]:
    """Those who may start a process are groups that exist."""
    for scope in diagram.scopes:
        if scope.owners:
            continue
        groups = extension_attributes(scope.xml).get("candidateStarterGroups", "").split(",")
        for group in filter(None, map(str.strip, groups)):
            if group not in diagram.known.groups:
                yield diagram.at(scope.xml, texts.UNKNOWN_GROUP, diagram.known.missing, group=group)


def topics(diagram: Diagram) -> Iterator[Finding]:
    """Somebody does the work of automatic steps."""
    for _, node in diagram.nodes():
        topic, retries = node.element.topic, node.element.retries
        if topic and is_expression(topic):
            yield diagram.at(node, event_texts.NAME_EXPRESSION, diagram.known.missing, text=topic)
        elif topic and topic not in diagram.known.topics:
            yield diagram.at(node, texts.UNKNOWN_TOPIC, diagram.known.missing, topic=topic)
        if topic and retries and not is_count(retries):
            yield diagram.at(node, texts.RETRIES, Severity.WARNING, text=retries)


def decisions(diagram: Diagram) -> Iterator[Finding]:
    """Decisions exist, and their results go somewhere in a shape that fits."""
    for _, node in diagram.nodes("businessRuleTask"):
        element, found = node.element, diagram.files.decisions
        if not element.decision:
            continue
        if not is_expression(element.decision) and element.decision not in found:
            yield diagram.at(node, texts.UNKNOWN_DECISION, diagram.known.missing, decision=element.decision)
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
            yield diagram.at(node, texts.NO_RESULT, Severity.WARNING)
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
    """Scripts are there, and their value goes somewhere."""
    for _, node in diagram.nodes("scriptTask"):
        element = node.element
        if not element.script and not element.topic:
            yield diagram.at(node, texts.NO_SCRIPT)
        elif element.script not in {"", "null"} and not element.result and not element.outputs:
            yield diagram.at(node, texts.NO_RESULT, Severity.WARNING)


def calls(diagram: Diagram) -> Iterator[Finding]:
    """Called processes exist, and mappings are whole."""
    for _, node in diagram.nodes("callActivity"):
        element, known = node.element, diagram.known
        if not element.called:
            yield diagram.at(node, texts.NO_CALLED)
        elif not is_expression(element.called) and not _is_there(diagram, node):
            yield diagram.at(node, texts.UNKNOWN_PROCESS, known.missing, process=element.called)
        yield from _bound(diagram, node)
        if element.called_business_key:
            yield diagram.at(node, texts.CALLED_KEY, Severity.WARNING, text=element.called_business_key)
        if not (element.call_in or element.call_out or element.inputs or element.outputs):
            yield diagram.at(node, texts.NO_MAPPING, Severity.NOTE)
        for source, _target in (*element.call_in, *element.call_out):
            if not source:
                yield diagram.at(node, texts.EMPTY_MAPPING, part="source", part_zh="来源")


def _bound(diagram: Diagram, node: Node) -> Iterator[Finding]:
    """What is wrong with the version that a call asks for."""
    element = node.element
    binding, version = element.called_binding, element.called_version
    if binding not in _CALLED:
        used = {"used": "the active version", "used_zh": "当前生效的版本"}
        yield diagram.at(node, unsupported_texts.BINDING, Severity.WARNING, binding=binding, **used)
    is_number = is_count(version) or is_expression(version)
    if (binding == "version" and not is_number) or (binding == "versionTag" and not version):
        yield diagram.at(node, texts.CALLED_VERSION, binding=binding, version=version)


def _is_there(diagram: Diagram, node: Node) -> bool:
    """Whether the process that `node` calls is there; of files from outside, it may also be a picture."""
    files, known, key = diagram.files, diagram.known, node.element.called
    is_elsewhere = key in known.processes and node.element.called_binding != "deployment"
    return key in files.processes or is_elsewhere or (known.is_open and key in files.homes)


def mappings(diagram: Diagram) -> Iterator[Finding]:
    """Inputs and outputs have names."""
    for _, node in diagram.nodes():
        if "" in node.element.inputs or "" in node.element.outputs:
            yield diagram.at(node, texts.EMPTY_MAPPING, part="name", part_zh="名称")


def plain_tasks(diagram: Diagram) -> Iterator[Finding]:
    """Tasks without a type are done by nobody."""
    for _, node in diagram.nodes("task"):
        yield diagram.at(node, texts.PLAIN_TASK, Severity.NOTE)


def circular_calls(diagram: Diagram) -> Iterator[Finding]:
    """Processes do not call each other in a circle."""
    calling = list(diagram.nodes("callActivity"))
    for circle in graph.circles(diagram.files.calls) if calling else ():
        shown = " → ".join([*circle, circle[0]])
        for scope, node in calling:
            key = scope.process.get("id", "")
            if key in circle and node.element.called in circle:
                yield diagram.at(node, file_texts.CIRCULAR_CALL, Severity.WARNING, circle=shown)


RULES: list[Rule] = [
    forms, people, starters, topics, decisions, scripts, calls, mappings, plain_tasks, circular_calls,
]  # fmt: skip
