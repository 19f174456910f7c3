"""Rules of data (BPMN 2.0.2, 10.4; data of events: 10.5.1; data of operations: 10.3.3)."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import ACTIVITIES, CATCHING, EVENTS, LEVELS, Drawing, Rule, is_true
from engine.bpmn.checks.texts import standard_data as texts
from engine.bpmn.xml import bpmn, children, local, text_of
from engine.problems import Severity

#: Tag of a set → the list that collects, and those that may only name what it collects (tables 10.62 and 10.63).
_SETS = {
    "inputSet": ("dataInputRefs", ("optionalInputRefs", "whileExecutingInputRefs")),
    "outputSet": ("dataOutputRefs", ("optionalOutputRefs", "whileExecutingOutputRefs")),
}
#: Tag of a set → the list of its partners, their tag, and their list of partners.
_PARTNERS = {"inputSet": ("outputSetRefs", "inputSetRefs"), "outputSet": ("inputSetRefs", "outputSetRefs")}
_COLLECTED = {"dataInput": "inputSet", "dataOutput": "outputSet"}
_OWNERS = ACTIVITIES | EVENTS | LEVELS
#: Kinds of events that carry data, and the attribute by which what they name gives its type.
_CARRYING = {"message": "itemRef", "signal": "structureRef", "error": "structureRef", "escalation": "structureRef"}


def sets(drawing: Drawing) -> Iterator[Finding]:
    """Sets collect the data of their own activity, each at least once, and partners name each other (10.4.1)."""
    for specification in drawing.each("ioSpecification"):
        for tag, set_tag in _COLLECTED.items():
            own, name = children(specification, tag), _SETS[set_tag][0]
            collected = [ref for each in children(specification, set_tag) for ref in _listed(each, name)]
            for xml in own:
                if xml.get("id", "") not in collected:
                    yield drawing.found(xml, texts.NOT_COLLECTED, drawing.lenient, tag=tag, set=set_tag)
            for ref in collected:
                if ref in drawing.by_id and ref not in {xml.get("id") for xml in own}:
                    yield drawing.found(specification, texts.NOT_OWN, drawing.lenient, id=ref, set=set_tag)
    for xml in drawing.each(*_SETS):
        yield from _optional(drawing, xml)
        yield from _partners(drawing, xml)


def _optional(drawing: Drawing, xml: etree._Element) -> Iterator[Finding]:
    name, others = _SETS[local(xml)]
    for other in others:
        for ref in _listed(xml, other):
            if ref not in _listed(xml, name):
                yield drawing.found(xml, texts.NOT_LISTED, drawing.lenient, id=ref, list=other, whole=name)


def _partners(drawing: Drawing, xml: etree._Element) -> Iterator[Finding]:
    name, back = _PARTNERS[local(xml)]
    for ref in _listed(xml, name):
        partner = drawing.by_id.get(ref)
        if partner is not None and xml.get("id", "") not in _listed(partner, back):
            yield drawing.found(xml, texts.NO_PARTNER, drawing.lenient, id=ref, list=back)


def _listed(xml: etree._Element, name: str) -> list[str]:
    return [text_of(each) for each in children(xml, name)]


def collections(drawing: Drawing) -> Iterator[Finding]:
    """Data is a collection exactly where its item definition is one (tables 10.52, 10.60, 10.61)."""
    for xml in drawing.each("dataObject", "dataInput", "dataOutput"):
        item = drawing.resolve(xml.get("itemSubjectRef", ""), xml).xml
        is_typed = item is not None and local(item) == "itemDefinition"
        if is_typed and is_true(xml, "isCollection") != is_true(item, "isCollection"):
            yield drawing.found(xml, texts.COLLECTION, drawing.lenient)


def objects(drawing: Drawing) -> Iterator[Finding]:
    """A data object has a type, and those who refer to it have states: never the other way round (10.4.1)."""
    for xml in drawing.each("dataObject", "dataObjectReference"):
        is_object = local(xml) == "dataObject"
        if xml.find(bpmn("dataState")) is not None if is_object else xml.get("itemSubjectRef"):
            yield drawing.found(xml, texts.OBJECT, Severity.WARNING)


def associations(drawing: Drawing) -> Iterator[Finding]:
    """A data association joins the data of its own activity with data that can be seen there (10.4.1, 10.4.2)."""
    for xml in drawing.each("dataInputAssociation", "dataOutputAssociation"):
        sources, goals = _ends(drawing, xml, "sourceRef"), _ends(drawing, xml, "targetRef")
        is_input = local(xml) == "dataInputAssociation"
        own, outer = (goals, sources) if is_input else (sources, goals)
        holder = xml.getparent()
        for each in own:
            # Some modelers write the activity itself for its data, which is clear enough.
            if each is not holder and _owner(each) is not holder:
                yield drawing.found(xml, texts.NOT_OWN_DATA, drawing.lenient, id=each.get("id", ""))
        for each in outer:
            owner = _owner(each)
            if owner is not None and owner is not holder and owner not in holder.iterancestors():
                yield drawing.found(xml, texts.NOT_SEEN, drawing.lenient, id=each.get("id", ""))
            elif local(each) == ("dataOutput" if is_input else "dataInput"):
                yield drawing.found(xml, texts.WRONG_WAY, drawing.lenient, id=each.get("id", ""))
        yield from _types(drawing, xml, sources, goals)


def _ends(drawing: Drawing, xml: etree._Element, name: str) -> list[etree._Element]:
    return [found for ref in _listed(xml, name) if (found := drawing.resolve(ref, xml).xml) is not None]


def _types(
    drawing: Drawing, xml: etree._Element, sources: list[etree._Element], goals: list[etree._Element]
) -> Iterator[Finding]:
    """Without a transformation there is one source, of the type of the target."""
    if xml.find(bpmn("transformation")) is not None or xml.find(bpmn("assignment")) is not None:
        return
    if len(children(xml, "sourceRef")) > 1:
        yield drawing.found(xml, texts.SEVERAL_SOURCES, drawing.lenient)
    elif sources and goals:
        first, second = _item(drawing, sources[0]), _item(drawing, goals[0])
        if first is not None and second is not None and not _is_equivalent(first, second):
            yield drawing.found(xml, texts.OTHER_ITEM, drawing.lenient)


def _owner(xml: etree._Element) -> etree._Element | None:
    """The activity, event or level that `xml` belongs to; None for what belongs to the whole file."""
    return next((each for each in xml.iterancestors() if local(each) in _OWNERS), None)


def _item(drawing: Drawing, xml: etree._Element, attribute: str = "itemSubjectRef") -> etree._Element | None:
    """The item definition of `xml`; for a reference that has none, that of what it refers to."""
    for referring in ("dataObjectRef", "dataStoreRef"):
        if not xml.get(attribute) and xml.get(referring):
            found = drawing.resolve(xml.get(referring, ""), xml).xml
            xml = xml if found is None else found
    return drawing.resolve(xml.get(attribute, ""), xml).xml if xml.get(attribute) else None


def _is_equivalent(one: etree._Element, other: etree._Element) -> bool:
    structure = one.get("structureRef")
    return one is other or (structure is not None and structure == other.get("structureRef"))


def events(drawing: Drawing) -> Iterator[Finding]:
    """An event has one piece of data for each definition, of the type of what the definition names (10.5.1)."""
    for node in drawing.nodes:
        if local(node) not in EVENTS:
            continue
        found = children(node, "dataOutput" if local(node) in CATCHING else "dataInput")
        definitions = drawing.definitions(node)
        if found and definitions and len(found) != len(definitions):
            yield drawing.found(node, texts.EVENT_DATA, drawing.lenient, count=len(found), events=len(definitions))
            continue
        for xml, definition in zip(found, definitions, strict=False):
            if _mismatches(drawing, xml, definition):
                yield drawing.found(xml, texts.EVENT_ITEM, drawing.lenient)


def _mismatches(drawing: Drawing, xml: etree._Element, definition: etree._Element) -> bool:
    kind = local(definition).removesuffix("EventDefinition")
    if kind not in _CARRYING:
        return False
    named = drawing.resolve(definition.get(f"{kind}Ref", ""), definition).xml
    item = _item(drawing, named, _CARRYING[kind]) if named is not None else None
    own = _item(drawing, xml)
    return item is not None and own is not None and not _is_equivalent(own, item)


def messages(drawing: Drawing) -> Iterator[Finding]:
    """The data of service, send and receive tasks is that of their messages (10.3.3)."""
    for node in drawing.each("serviceTask", "sendTask", "receiveTask"):
        message = _message(drawing, node)
        specification = node.find(bpmn("ioSpecification"))
        if message is None or specification is None:
            continue
        tag = "dataOutput" if local(node) == "receiveTask" else "dataInput"
        found = children(specification, tag)
        if len(found) > 1 or (local(node) == "serviceTask" and not found):
            yield drawing.found(node, texts.MESSAGE_DATA, drawing.lenient, tag=tag, count=len(found))
        item, own = _item(drawing, message, "itemRef"), _item(drawing, found[0]) if found else None
        if item is not None and own is not None and not _is_equivalent(own, item):
            yield drawing.found(node, texts.MESSAGE_ITEM, drawing.lenient)


def _message(drawing: Drawing, node: etree._Element) -> etree._Element | None:
    """The message that a task sends or receives; for a service task, that which its operation takes."""
    name = node.get("messageRef", "")
    if local(node) == "serviceTask":
        operation = drawing.resolve(node.get("operationRef", ""), node).xml
        name = text_of(operation.find(bpmn("inMessageRef"))) if operation is not None else ""
    found = drawing.resolve(name, node).xml if name else None
    return found if found is not None and local(found) == "message" else None


RULES: list[Rule] = [sets, collections, objects, associations, events, messages]
