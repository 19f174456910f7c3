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
    groups: dict[tuple[str, str], list[etree._Element]] = {}
    # Steps come first, so that of a step and a flow the step keeps its id; messages and the like have ids of their own.
    for xml in sorted(root.iter(*_NAMED), key=lambda each: local(each) == "sequenceFlow"):
        family = "step" if local(xml) == "sequenceFlow" else _kind(xml)
        groups.setdefault((family, xml.get("id")), []).append(xml)
    doubles = [(found, group) for (_, found), group in groups.items() if len(group) > 1]
    return _told_apart(root, doubles) if doubles else iter(())


def _told_apart(root: etree._Element, doubles: list[tuple[str, list[etree._Element]]]) -> Iterator[Remark]:
    taken, uses = all_ids(root), _Uses(root)
    for found, group in doubles:
        # What refers to one element could mean another: those of one kind in one scope.
        rivals = Counter((xml.getparent(), _kind(xml)) for xml in group)
        for number, xml in enumerate(group):
            if rivals[xml.getparent(), _kind(xml)] > 1 and uses.are_of(xml, found):
                yield Remark(texts.DUPLICATE_ID, xml, Severity.ERROR, {"id": found})
            elif number:
                new = unused(found, taken)
                uses.rename(xml, found, new)
                yield Remark(texts.RENAMED_ID, xml, params={"id": found, "new": new})


def _kind(xml: etree._Element) -> str:
    return "step" if local(xml) in NODES else local(xml)


class _Uses:
    """Where ids are used: by the attributes of a scope's elements, by declarations' references, and by lanes."""

    def __init__(self, root: etree._Element) -> None:
        self._by_scope: dict[tuple[etree._Element, str, str], list[etree._Element]] = {}
        self._anywhere: set[tuple[str, str]] = set()
        self._said: dict[tuple[etree._Element, str], set[tuple[str | None, ...]]] = {}
        self._steps = Counter((process_of(xml), xml.get("id")) for xml in root.iter(*NODE_TAGS))
        self._lanes: dict[tuple[etree._Element, str], list[etree._Element]] = {}
        for xml in root.iter(bpmn("*")):
            for name, value in xml.attrib.items():
                self._by_scope.setdefault((xml.getparent(), str(name), value), []).append(xml)
                self._anywhere.add((str(name), value))
            if local(xml) in _DECLARED:
                self._said.setdefault((xml.getparent(), xml.get("id")), set()).add(_said(xml))
        for xml in root.iter(bpmn("flowNodeRef")):
            self._lanes.setdefault((process_of(xml), text_of(xml)), []).append(xml)

    def are_of(self, xml: etree._Element, found: str) -> bool:
        """Whether something refers to the id `found` of `xml`, so that it could mean another one."""
        scope = xml.getparent()
        if local(xml) in _DECLARED:
            return len(self._said[scope, found]) > 1 and (f"{local(xml)}Ref", found) in self._anywhere
        return local(xml) == "process" or any((scope, name, found) in self._by_scope for name in _uses_of(xml))

    def rename(self, xml: etree._Element, found: str, new: str) -> None:
        """Give `xml` its new id, and what refers to it inside its scope."""
        xml.set("id", new)
        for name in _uses_of(xml):
            for other in self._by_scope.pop((xml.getparent(), name, found), []):
                other.set(name, new)
        process = process_of(xml)
        if local(xml) in NODES:
            self._steps[process, found] -= 1
            for reference in self._lanes.pop((process, found), []) if not self._steps[process, found] else []:
                reference.text = new


def _uses_of(xml: etree._Element) -> tuple[str, ...]:
    """The attributes that refer to elements like `xml` of the same scope."""
    return ("default",) if local(xml) == "sequenceFlow" else _TO_STEPS if local(xml) in NODES else ()


def _said(xml: etree._Element) -> tuple[str | None, ...]:
    return tuple(xml.get(name) for name in ("name", "errorCode", "escalationCode"))
