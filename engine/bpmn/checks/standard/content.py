"""Rules of the XML schema (BPMN 2.0.2, 15.3): elements, attributes and values that a file may have.

The picture (BPMN DI) and the elements of vendors are left alone. Order is a warning: it never changes what is meant.
"""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.checks.diagram import Finding
from engine.bpmn.checks.standard.drawing import Drawing, Rule, is_bpmn
from engine.bpmn.checks.standard.schema import Content, Schema, schema
from engine.bpmn.checks.texts import standard_schema as texts
from engine.bpmn.xml import BPMNDI, local
from engine.problems import Severity

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NAME = r"[^\W\d][\w.\-·]*"
_PATTERNS = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "xsd:boolean": r"true|false|0|1",
        "xsd:integer": r"[+-]?[0-9]+",
        "xsd:int": r"[+-]?[0-9]+",
        "xsd:ID": _NAME,
        "xsd:IDREF": _NAME,
        "xsd:QName": rf"({_NAME}:)?{_NAME}",
    }.items()
}
_REFERENCES = frozenset({"xsd:ID", "xsd:IDREF", "xsd:QName"})
#: Attributes that describe and do not decide anything, in which exports are careless.
_REMARKS = frozenset({"associationDirection", "gatewayDirection", "processType", "itemKind", "direction"})
#: Attributes that the rules on flows tell where they do not belong.
_SKIPPED = frozenset({"default"})


def content(drawing: Drawing) -> Iterator[Finding]:
    """Every element, attribute and value is one that the schema allows there."""
    tables = schema()
    front: list[tuple[etree._Element, str]] = [(drawing.root, "tDefinitions")]
    while front:
        xml, kind = front.pop()
        own = _actual(tables, xml, kind)
        if own is None:
            yield from _text(drawing, xml, kind, tables.values(kind))
            continue
        yield from _attributes(drawing, xml, own)
        if own.is_open or local(xml) == "extensionElements":
            continue
        if not own.is_mixed and _has_text(xml):
            yield drawing.found(xml, texts.STRAY_TEXT, drawing.lenient, tag=local(xml))
        inside = [(child, local(child)) for child in xml.iterchildren(etree.Element) if is_bpmn(child)]
        if len(inside) < len(xml):
            yield from _foreign(drawing, xml)
        yield from _children(drawing, xml, own, inside)
        yield from _numbers(drawing, xml, own, [tag for _, tag in inside if tag in own.children])
        front += [
            (child, own.children[tag][1] if tag in own.children else tables.elements[tag])
            for child, tag in inside
            if tag in own.children or tag in tables.elements
        ]


def _actual(tables: Schema, xml: etree._Element, kind: str) -> Content | None:
    """The content of an element, by the type that it names itself, else by `kind`."""
    named = xml.get(_TYPE, "").rpartition(":")[2].strip()
    return tables.content(named) or tables.content(kind)


def _attributes(drawing: Drawing, xml: etree._Element, own: Content) -> Iterator[Finding]:
    for name in own.required:
        if not xml.get(name, "").strip():
            yield drawing.found(xml, texts.NO_ATTRIBUTE, drawing.lenient, tag=local(xml), name=name)
    for name, value in xml.attrib.items():
        attribute = own.attributes.get(name)
        if attribute is not None:
            is_missing = attribute.is_required and not value.strip()
            if not is_missing and not _is_valid(xml, value, attribute.kind, attribute.values):
                severity = _severity(drawing, name, attribute.kind, value)
                yield drawing.found(xml, texts.VALUE, severity, name=name, value=value)
        elif not name.startswith("{") and name not in _SKIPPED:
            yield drawing.found(xml, texts.ATTRIBUTE, drawing.lenient, tag=local(xml), name=name)


def _severity(drawing: Drawing, name: str, kind: str, value: str) -> Severity:
    """An empty value counts as none, and engines know what `True` means; names have rules of their own."""
    if not value.strip():
        return Severity.WARNING
    is_clear = kind == "xsd:boolean" and value.strip().lower() in {"true", "false"}
    return drawing.lenient if is_clear or kind in _REFERENCES or name in _REMARKS else Severity.ERROR


def _is_valid(xml: etree._Element, value: str, kind: str, values: frozenset[str]) -> bool:
    value = value.strip()
    if values:
        return value in values
    if kind == "xsd:QName" and ":" in value and value.partition(":")[0] not in xml.nsmap:
        return False
    pattern = _PATTERNS.get(kind)
    return pattern is None or pattern.fullmatch(value) is not None


def _text(drawing: Drawing, xml: etree._Element, kind: str, values: frozenset[str]) -> Iterator[Finding]:
    """An element that holds nothing but a value."""
    value = xml.text or ""
    if not _is_valid(xml, value, kind, values) or len(xml):
        severity = _severity(drawing, local(xml), kind, value)
        yield drawing.found(xml, texts.VALUE, severity, name=local(xml), value=value.strip())


def _has_text(xml: etree._Element) -> bool:
    return any(text and text.strip() for text in (xml.text, *(child.tail for child in xml)))


def _foreign(drawing: Drawing, xml: etree._Element) -> Iterator[Finding]:
    """Children that are not BPMN: only the picture may stand outside of extension elements."""
    for child in xml.iterchildren(etree.Element):
        if not is_bpmn(child) and child.tag != f"{{{BPMNDI}}}BPMNDiagram":
            yield drawing.found(child, texts.FOREIGN, drawing.lenient, tag=local(child), parent=local(xml))


def _children(
    drawing: Drawing, xml: etree._Element, own: Content, inside: list[tuple[etree._Element, str]]
) -> Iterator[Finding]:
    """Children that do not belong here, or not at this place."""
    last, is_told = -1, False
    for child, tag in inside:
        if tag not in own.children:
            # Nobody knows what an unknown element means; of a known one in the wrong place, engines take no notice.
            severity = drawing.lenient if tag in schema().elements else Severity.ERROR
            yield drawing.found(child, texts.CHILD, severity, tag=tag, parent=local(xml))
            continue
        slot = own.children[tag][0]
        if slot < last and not is_told:
            is_told = True
            yield drawing.found(child, texts.ORDER, Severity.WARNING, tag=tag, parent=local(xml))
        last = max(slot, last)


def _numbers(drawing: Drawing, xml: etree._Element, own: Content, tags: list[str]) -> Iterator[Finding]:
    """Children of which there are too few or too many."""
    counts = Counter(own.children[tag][0] for tag in tags)
    alternatives = [own.slots[number] for number in sorted(counts) if own.slots[number].choice[0]]
    chosen = {slot.choice for slot in alternatives}
    if len(chosen) > 1:
        yield drawing.found(xml, texts.CHOICE, tag=local(xml), names=", ".join(slot.name for slot in alternatives))
    for number, slot in own.counted:
        if counts[number] < slot.minimum and (not slot.choice[0] or slot.choice in chosen):
            yield drawing.found(xml, texts.MISSING, drawing.lenient, tag=local(xml), name=slot.name)
        elif slot.maximum is not None and counts[number] > slot.maximum:
            shown = {"tag": local(xml), "name": slot.name, "limit": slot.maximum}
            yield drawing.found(xml, texts.TOO_MANY, drawing.lenient, **shown)


def ids(drawing: Drawing) -> Iterator[Finding]:
    """An id stands once in a file (8.3.1); engines rename all but the first, which is told when the file is adapted."""
    seen: set[str] = set()
    for xml in drawing.each("*") if drawing.lenient is Severity.ERROR else ():
        found = xml.get("id", "")
        if found and found in seen:
            yield drawing.found(xml, texts.ID_TWICE, id=found)
        seen.add(found)


def formats(drawing: Drawing) -> Iterator[Finding]:
    """Texts name their format as a MIME type (tables 8.6 and 8.23)."""
    for xml in drawing.each("documentation", "textAnnotation"):
        name = xml.get("textFormat", "text/plain").strip()
        if "/" not in name:
            yield drawing.found(xml, texts.VALUE, drawing.lenient, name="textFormat", value=name)


RULES: list[Rule] = [content, ids, formats]
