"""Where things begin: scopes without a start event (BPMN 2.0.2, 13.2), and global tasks as processes of one step."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.adapting import texts
from engine.bpmn.adapting.remarks import Remark, all_ids, nodes_in, scopes, unused
from engine.bpmn.xml import bpmn, children, local

#: Global task → the task that it is.
_GLOBAL = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}


def global_tasks(root: etree._Element) -> Iterator[Remark]:
    """A global task becomes a process of its id with this one task, so that call activities can call it (10.3.6)."""
    taken = all_ids(root) if any(children(root, tag) for tag in _GLOBAL) else {}
    for tag, step in _GLOBAL.items():
        for xml in children(root, tag):
            key = xml.get("id") or unused(tag, taken)
            process = etree.Element(bpmn("process"), id=key, name=xml.get("name", ""), isExecutable="true")
            root.replace(xml, process)
            xml.tag = bpmn(step)
            xml.set("id", unused(f"{key}_task", taken))
            start = etree.SubElement(process, bpmn("startEvent"), id=unused(f"{key}_start", taken))
            process.append(xml)
            end = etree.SubElement(process, bpmn("endEvent"), id=unused(f"{key}_end", taken))
            _connect(process, start, xml, taken)
            _connect(process, xml, end, taken)
    return iter(())


def starts(root: etree._Element) -> Iterator[Remark]:
    """A scope without a start event begins with all its steps that nothing leads to."""
    taken: dict[str, int] = {}
    for scope in scopes(root):
        if not _begins_by_itself(scope):
            continue
        nodes = nodes_in(scope)
        reached = {flow.get("targetRef") for flow in children(scope, "sequenceFlow")}
        first = [node for node in nodes if node.get("id") not in reached and _may_begin(node)]
        if not first and (nodes or local(scope) == "process"):
            continue
        taken = taken or all_ids(root)
        start = etree.Element(bpmn("startEvent"), id=unused(f"{scope.get('id')}_start", taken))
        scope.append(start)
        for node in first:
            _connect(scope, start, node, taken)
        names = ", ".join(node.get("name") or node.get("id") for node in first[:8]) or "–"
        yield Remark(texts.IMPLICIT_START, scope, params={"steps": names})


def _begins_by_itself(scope: etree._Element) -> bool:
    """Whether `scope` has neither a start event nor something else that says how it begins."""
    if local(scope) == "adHocSubProcess" or scope.get("triggeredByEvent") == "true":
        return False
    return not any(node.tag == bpmn("startEvent") or node.get("instantiate") == "true" for node in nodes_in(scope))


def _may_begin(node: etree._Element) -> bool:
    if "true" in {node.get("isForCompensation"), node.get("triggeredByEvent")}:
        return False
    is_link = node.tag == bpmn("intermediateCatchEvent") and node.find(bpmn("linkEventDefinition")) is not None
    return node.tag != bpmn("boundaryEvent") and not is_link


def _connect(scope: etree._Element, source: etree._Element, target: etree._Element, taken: dict[str, int]) -> None:
    ends = {"sourceRef": source.get("id"), "targetRef": target.get("id")}
    etree.SubElement(scope, bpmn("sequenceFlow"), id=unused("{sourceRef}_{targetRef}".format(**ends), taken), **ends)
