"""References: prefixes and names in place of ids, and what is said twice in different ways."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from engine.bpmn.adapting import texts
from engine.bpmn.adapting.remarks import NODE_TAGS, Remark, nodes_in, scopes
from engine.bpmn.xml import bpmn, children, text_of

#: Attributes that refer to declarations beside the processes: attribute → tags that may be meant.
_DECLARED = {
    "messageRef": ("message",),
    "signalRef": ("signal",),
    "errorRef": ("error",),
    "escalationRef": ("escalation",),
    "operationRef": ("operation",),
    "calledElement": (
        *("process", "globalTask", "globalUserTask", "globalScriptTask", "globalManualTask"),
        "globalBusinessRuleTask",
    ),
}
#: Attributes that refer to steps of the same file.
_TO_STEPS = ("sourceRef", "targetRef", "attachedToRef", "activityRef")


@dataclass(frozen=True)
class _Named:
    """What may be referred to: ids, and names that only one element has."""

    ids: frozenset[str]
    by_name: Mapping[str, str]

    @classmethod
    def among(cls, elements: list[etree._Element]) -> "_Named":
        ids = frozenset(xml.get("id", "") for xml in elements) - {""}
        names: dict[str, list[str]] = {}
        for xml in elements:
            names.setdefault(xml.get("name", "").strip(), []).append(xml.get("id", ""))
        return cls(ids, {name: found[0] for name, found in names.items() if name and len(found) == 1})

    def meant_by(self, text: str) -> tuple[str, bool]:
        """The id that `text` means, and whether by name; empty where there is none."""
        own = text.rpartition(":")[2]
        for candidate in (text, own):
            if candidate in self.ids:
                return candidate, False
        return self.by_name.get(text) or self.by_name.get(own, ""), True


def ends(root: etree._Element) -> Iterator[Remark]:
    """Sequence flows, boundary events and associations name steps; a flow without ends is found in its steps."""
    steps = _Named.among(list(root.iter(*NODE_TAGS)))
    for xml in root.iter(bpmn("sequenceFlow"), bpmn("association"), bpmn("messageFlow"), bpmn("boundaryEvent")):
        yield from _meant(xml, _TO_STEPS, steps)
    for xml in root.iter(bpmn("compensateEventDefinition")):
        yield from _meant(xml, _TO_STEPS, steps)
    flows = _Named.among(list(root.iter(bpmn("sequenceFlow"))))
    for xml in root.iter(*NODE_TAGS):
        yield from _meant(xml, ("default",), flows)
    for scope in scopes(root):
        yield from _listed_only(scope)


def _meant(xml: etree._Element, names: tuple[str, ...], targets: _Named) -> Iterator[Remark]:
    for name in names:
        text = xml.get(name)
        if text is None or text in targets.ids:
            continue
        found, by_name = targets.meant_by(text.strip())
        if found:
            xml.set(name, found)
            if by_name:
                yield Remark(texts.REFERENCE_BY_NAME, xml, params={"text": text, "id": found})


def _listed_only(scope: etree._Element) -> Iterator[Remark]:
    """Flows that do not say where they lead, where exactly one step says that it comes or goes there."""
    for name, tag in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
        flows = [flow for flow in children(scope, "sequenceFlow") if not flow.get(name)]
        said: dict[str, list[str]] = {}
        for node in nodes_in(scope) if flows else ():
            for text in _texts(node, tag):
                said.setdefault(text, []).append(node.get("id"))
        for flow in flows:
            found = said.get(flow.get("id"), [])
            if len(found) == 1:
                flow.set(name, found[0])
                yield Remark(texts.FLOW_BY_STEP, flow, params={"id": found[0]})


def placed(root: etree._Element) -> Iterator[Remark]:
    """A sequence flow that stands in another scope than both its steps is moved to theirs: what it means is clear."""
    homes = {node.get("id"): scope for scope in scopes(root) for node in nodes_in(scope)}
    for flow in list(root.iter(bpmn("sequenceFlow"))):
        ends = [homes[flow.get(name)] for name in ("sourceRef", "targetRef") if flow.get(name) in homes]
        if len(ends) < 2 or ends[0] is not ends[1]:
            continue
        if flow.getparent() is not ends[0] and flow not in ends[0].iterancestors():
            ends[0].append(flow)
    return iter(())


def names(root: etree._Element) -> Iterator[Remark]:
    """Messages, signals, errors, escalations, operations and processes are referred to by id."""
    declared = {
        attribute: _Named.among([xml for tag in tags for xml in root.iter(bpmn(tag))])
        for attribute, tags in _DECLARED.items()
    }
    for xml in root.iter(bpmn("*")):
        for attribute in _DECLARED.keys() & xml.attrib.keys():
            text = xml.get(attribute)
            if not text.startswith(("$", "#", "=")):
                yield from _meant(xml, (attribute,), declared[attribute])
                _without_prefix(xml, attribute)


def _without_prefix(xml: etree._Element, attribute: str) -> None:
    """Take away the prefix of a name that is declared nowhere in the file."""
    prefix, colon, own = xml.get(attribute).strip().partition(":")
    if colon and prefix in xml.nsmap:
        xml.set(attribute, own)


def listed(root: etree._Element) -> Iterator[Remark]:
    """Where a step lists other flows than those that lead to it and away from it, the flows count."""
    for scope in scopes(root):
        flows = children(scope, "sequenceFlow")
        for tag, name in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
            actual: dict[str, set[str]] = {}
            for flow in flows:
                actual.setdefault(flow.get(name, ""), set()).add(flow.get("id", ""))
            for node in nodes_in(scope):
                said = _texts(node, tag)
                if said and said != actual.get(node.get("id", ""), set()):
                    yield Remark(texts.FLOWS_COUNT, node, params={"tag": tag})
    steps = {node.get("id") for node in root.iter(*NODE_TAGS)}
    for reference in root.iter(bpmn("flowNodeRef")):
        text = text_of(reference)
        reference.text = text if text in steps else text.rpartition(":")[2]


def _texts(node: etree._Element, tag: str) -> set[str]:
    """The flows that `node` lists, without prefixes."""
    return {text_of(child).rpartition(":")[2] for child in node if child.tag == bpmn(tag) and text_of(child)}
