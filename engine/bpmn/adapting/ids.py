"""Ids: every element that something may refer to has one, of its own."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.bpmn.adapting import texts
from engine.bpmn.adapting.remarks import NODE_TAGS, NODES, Remark, all_ids, process_of, unused
from engine.bpmn.xml import bpmn, local, text_of
from engine.problems import Severity

_DECLARED = ("message", "signal", "error", "escalation")
#: Tags whose elements are known by their ids.
_NAMED = tuple(map(bpmn, sorted(NODES | {"process", "sequenceFlow", "lane", *_DECLARED})))
#: Attributes of steps that refer to another step of the same scope, or to a flow.
_TO_STEPS = ("sourceRef", "targetRef", "attachedToRef")


def missing(root: etree._Element) -> Iterator[Remark]:
    """Elements without an id get one made of their kind and their number in the file."""
    taken, counts = all_ids(root), Counter[str]()
    for xml in root.iter(*_NAMED):
        counts[local(xml)] += 1
        found = xml.get("id", "").strip()
        if not found:
            found = unused(f"{local(xml)}_{counts[local(xml)]}", taken)
            if local(xml) not in {"sequenceFlow", "lane"}:
                yield Remark(texts.NO_ID, xml, params={"tag": local(xml), "id": found})
        if xml.get("id") != found:
            xml.set("id", found)


def duplicates(root: etree._Element) -> Iterator[Remark]:
    """Of elements with the same id all but the first get another one, unless it is unclear which of them is meant."""
    taken = all_ids(root)
    groups: dict[tuple[str, str], list[etree._Element]] = {}
    # Steps come first, so that of a step and a flow the step keeps its id; messages and the like have ids of their own.
    for xml in sorted(root.iter(*_NAMED), key=lambda each: local(each) == "sequenceFlow"):
        family = "step" if local(xml) == "sequenceFlow" else _kind(xml)
        groups.setdefault((family, xml.get("id")), []).append(xml)
    for (_, found), group in groups.items():
        for number, xml in enumerate(group):
            rivals = [other for other in group if other is not xml and _are_rivals(other, xml)]
            if rivals and _is_referred_to(xml, found):
                yield Remark(texts.DUPLICATE_ID, xml, Severity.ERROR, {"id": found})
            elif number:
                new = unused(found, taken)
                _rename(xml, found, new)
                yield Remark(texts.RENAMED_ID, xml, params={"id": found, "new": new})


def _are_rivals(one: etree._Element, other: etree._Element) -> bool:
    """Whether what refers to one of them could mean the other: elements of one kind in one scope."""
    return one.getparent() is other.getparent() and _kind(one) == _kind(other)


def _kind(xml: etree._Element) -> str:
    return "step" if local(xml) in NODES else local(xml)


def _is_referred_to(xml: etree._Element, found: str) -> bool:
    scope = xml.getparent()
    if local(xml) == "sequenceFlow":
        return any(other.get("default") == found for other in scope)
    if local(xml) in NODES:
        return any(other.get(name) == found for other in scope for name in _TO_STEPS)
    if local(xml) in _DECLARED:
        twin = (other for other in scope if other is not xml and other.get("id") == found)
        same = all(_said(other) == _said(xml) for other in twin)
        return not same and any(other.get(f"{local(xml)}Ref") == found for other in scope.iter(bpmn("*")))
    return local(xml) == "process"


def _said(xml: etree._Element) -> tuple[str | None, ...]:
    return tuple(xml.get(name) for name in ("name", "errorCode", "escalationCode"))


def _rename(xml: etree._Element, found: str, new: str) -> None:
    """Give `xml` its new id, and what refers to it inside its scope."""
    xml.set("id", new)
    names = ("default",) if local(xml) == "sequenceFlow" else _TO_STEPS if local(xml) in NODES else ()
    for other in xml.getparent():
        for name in names:
            if other.get(name) == found:
                other.set(name, new)
    process = process_of(xml)
    if local(xml) in NODES and not any(other.get("id") == found for other in process.iter(*NODE_TAGS)):
        for reference in process.iter(bpmn("flowNodeRef")):
            if text_of(reference) == found:
                reference.text = new
