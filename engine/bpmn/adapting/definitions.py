"""What events refer to: definitions elsewhere in the file, and messages, signals, errors and escalations."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml import etree

from engine.bpmn.adapting import texts
from engine.bpmn.adapting.remarks import NODE_TAGS, Remark, all_ids, unused
from engine.bpmn.xml import CAMUNDA, bpmn, children, local, text_of
from engine.problems import Severity

_KINDS = ("message", "signal", "error", "escalation")
_CODES = {"error": "errorCode", "escalation": "escalationCode"}
_REFERENCES = {f"{kind}Ref": kind for kind in _KINDS}
#: Elements of a definition that is referred to; larger ones are not copied.
_MOST_PARTS = 16
#: Kinds that a boundary event or the start of an event sub-process may leave open: it then catches every one.
_CATCH_ALL = frozenset({"error", "escalation"})
_CATCHING = (bpmn("boundaryEvent"), bpmn("startEvent"))
_MESSAGE_STEPS = tuple(
    map(bpmn, ("startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "endEvent", "boundaryEvent"))
)
_MESSAGE_TASKS = (bpmn("receiveTask"), bpmn("sendTask"))
_REFERRING = frozenset({*_MESSAGE_TASKS, *(bpmn(f"{kind}EventDefinition") for kind in _KINDS)})
#: `camunda:` attributes by which an event or task that throws a message is done as work.
_WORK = tuple(f"{{{CAMUNDA}}}{name}" for name in ("type", "topic", "class", "expression", "delegateExpression"))


def referred(root: etree._Element) -> Iterator[Remark]:
    """`eventDefinitionRef` as the definition that it refers to."""
    found = {
        xml.get("id"): xml
        for xml in root.iter(etree.Element)
        if local(xml).endswith("EventDefinition") and sum(1 for _ in islice(xml.iter(), _MOST_PARTS + 1)) <= _MOST_PARTS
    }
    for reference in list(root.iter(bpmn("eventDefinitionRef"))):
        definition = found.get(text_of(reference).rpartition(":")[2])
        if definition is not None and definition.find(f".//{bpmn('eventDefinitionRef')}") is None:
            reference.getparent().replace(reference, deepcopy(definition))
    return iter(())


def by_message_flow(root: etree._Element) -> Iterator[Remark]:
    """The two ends of a message flow that name no message have one in common."""
    steps = {xml.get("id"): xml for xml in root.iter(*NODE_TAGS)}
    declared = _Declared(root)
    for flow in root.iter(bpmn("messageFlow")):
        found = [_place(steps.get(flow.get(name))) for name in ("sourceRef", "targetRef")]
        places = [place for place in found if place is not None]
        named = next((place.get("messageRef") for place in places if place.get("messageRef")), flow.get("messageRef"))
        unnamed = [place for place in places if not place.get("messageRef")]
        if len(places) == 2 and unnamed:
            message = named or declared.id_of("message", _name_of(flow) or _name_of(_step_of(places[1])))
            for place in unnamed:
                place.set("messageRef", message)
                yield Remark(texts.MESSAGE_BY_FLOW, place, params={"name": declared.names.get(message, message)})


def undeclared(root: etree._Element) -> Iterator[Remark]:
    """What is referred to without being declared is declared under the name that the reference gives."""
    known = {kind: {xml.get("id") for xml in root.iter(bpmn(kind))} for kind in _KINDS}
    for xml in list(root.iter(bpmn("*"))):
        for attribute in _REFERENCES.keys() & xml.attrib.keys():
            kind, found = _REFERENCES[attribute], xml.get(attribute).strip()
            if found and found not in known[kind] and xml.tag in _REFERRING:
                known[kind].add(found)
                root.append(_declaration(kind, found, found))
                yield Remark(texts.UNDECLARED, xml, params={"kind": kind, "name": found})


def unsaid(root: etree._Element) -> Iterator[Remark]:
    """Events and receive tasks that do not say which message, signal, error or escalation have one named after them."""
    declared = _Declared(root)
    for step in root.iter(*_MESSAGE_STEPS):
        for definition in step:
            kind = local(definition).removesuffix("EventDefinition") if isinstance(definition.tag, str) else ""
            open_kind = kind in _CATCH_ALL and step.tag in _CATCHING
            if kind in _KINDS and not definition.get(f"{kind}Ref") and not open_kind and not _is_work(definition, step):
                yield _say(declared, definition, step, kind)
    for step in root.iter(bpmn("receiveTask")):
        if not step.get("messageRef"):
            yield _say(declared, step, step, "message")


def _say(declared: "_Declared", place: etree._Element, step: etree._Element, kind: str) -> Remark:
    name = _name_of(step)
    place.set(f"{kind}Ref", declared.id_of(kind, name))
    return Remark(texts.UNSAID, step, Severity.WARNING, {"kind": kind, "name": name})


def _is_work(definition: etree._Element, step: etree._Element) -> bool:
    if step.tag not in {bpmn("intermediateThrowEvent"), bpmn("endEvent")}:
        return False
    jobs = step.iterfind(f"{bpmn('extensionElements')}/{{*}}taskDefinition")
    return any(place.get(name) for place in (definition, step) for name in _WORK) or next(jobs, None) is not None


def _place(step: etree._Element | None) -> etree._Element | None:
    """Where the step at the end of a message flow names its message; None for steps that have none."""
    if step is None:
        return None
    if step.tag in _MESSAGE_TASKS:
        return None if any(step.get(name) for name in _WORK) else step
    definition = step.find(bpmn("messageEventDefinition")) if step.tag in _MESSAGE_STEPS else None
    return None if definition is None or _is_work(definition, step) else definition


def _step_of(place: etree._Element) -> etree._Element:
    return place if place.tag in NODE_TAGS else place.getparent()


def _name_of(xml: etree._Element) -> str:
    return " ".join(xml.get("name", "").split()) or (xml.get("id", "") if xml.tag in NODE_TAGS else "")


class _Declared:
    """What a file declares; `names`: id of a message → its name."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._taken = all_ids(root)
        self.names = {xml.get("id"): xml.get("name") or xml.get("id") for xml in children(root, "message")}
        self._ids: dict[tuple[str, str | None], str] = {}
        for kind in _KINDS:
            for xml in children(root, kind):
                said = xml.get(_CODES.get(kind, "name")) or xml.get("name")
                self._ids.setdefault((kind, said), str(xml.get("id")))

    def id_of(self, kind: str, name: str) -> str:
        """The id of what is declared under `name`, declared now where it is not."""
        if (kind, name) not in self._ids:
            found = unused(f"{kind}_{name}", self._taken)
            self._root.append(_declaration(kind, found, name))
            self._ids[kind, name] = found
            self.names[found] = name or found
        return self._ids[kind, name]


def _declaration(kind: str, element_id: str, name: str) -> etree._Element:
    xml = etree.Element(bpmn(kind), id=element_id, name=name)
    if kind in _CODES:
        xml.set(_CODES[kind], name)
    return xml
