"""The XML schema of BPMN 2.0 (15.3) as tables: the attributes and children that each element may have.

The schema's own validator stops at the first child out of order and tells positions by line only; from tables, every
fault is told at its element and judged by its kind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

from lxml import etree

_XSD = "{http://www.w3.org/2001/XMLSchema}"
#: Where SpiffWorkflow keeps the schema; the file with the root element includes the other.
_PACKAGE = "SpiffWorkflow.bpmn.parser"
_FILES = ("Semantic.xsd", "BPMN20.xsd")


class Slot(NamedTuple):
    """A place for children in an element's content."""

    minimum: int
    #: None for any number
    maximum: int | None
    #: numbers of the choice and of the alternative in it; 0, 0 outside of choices
    choice: tuple[int, int]
    #: how it is called in the schema
    name: str


class Attribute(NamedTuple):
    """An attribute: the name of its type, the values it may have (empty for any), and whether it must be there."""

    kind: str
    values: frozenset[str]
    is_required: bool


@dataclass
class Content:
    """What an element may contain."""

    attributes: dict[str, Attribute] = field(default_factory=dict)
    #: in the order in which they must stand
    slots: list[Slot] = field(default_factory=list)
    #: names of the attributes that must be there
    required: list[str] = field(default_factory=list)
    #: the slots that ask for some number of children, with their own numbers
    counted: list[tuple[int, Slot]] = field(default_factory=list)
    #: tag of a child → number of its slot, name of its type
    children: dict[str, tuple[int, str]] = field(default_factory=dict)
    #: whether text may stand inside, and elements that are not BPMN
    is_mixed: bool = False
    is_open: bool = False
    is_abstract: bool = False


class Schema:
    """The tables. `types`: name → content; `elements`: tag → name of its type."""

    def __init__(self, sources: list[etree._Element]) -> None:
        tops = [xml for source in sources for xml in source.iterchildren(etree.Element)]
        self._declared = {xml.get("name"): xml for xml in tops if xml.tag == f"{_XSD}element"}
        self._complex = {xml.get("name"): xml for xml in tops if xml.tag == f"{_XSD}complexType"}
        self._simple = {xml.get("name"): xml for xml in tops if xml.tag == f"{_XSD}simpleType"}
        self.elements = {name: xml.get("type") for name, xml in self._declared.items()}
        self.types: Mapping[str, Content] = {name: self._content(name) for name in self._complex}

    def content(self, kind: str) -> Content | None:
        """The content of the type `kind`; None for types of plain text. Expressions may always be formal (8.4.6)."""
        return self.types.get("tFormalExpression" if kind == "tExpression" else kind)

    def values(self, kind: str) -> frozenset[str]:
        """The values that the type `kind` enumerates; empty where it may have others."""
        xml = self._simple.get(kind)
        if xml is None or xml.find(f"{_XSD}union") is not None:
            return frozenset()
        return frozenset(each.get("value") for each in xml.iter(f"{_XSD}enumeration"))

    def _content(self, name: str) -> Content:
        xml = self._complex[name]
        content = Content(is_mixed=xml.get("mixed") == "true", is_abstract=xml.get("abstract") == "true")
        extension = xml.find(f"{_XSD}complexContent/{_XSD}extension")
        if extension is not None:
            base = self._content(extension.get("base"))
            content = Content(
                base.attributes, base.slots, children=base.children, is_mixed=base.is_mixed or content.is_mixed,
                is_open=base.is_open, is_abstract=content.is_abstract,
            )  # fmt: skip
        own = xml if extension is None else extension
        for attribute in own.iterchildren(f"{_XSD}attribute"):
            kind = attribute.get("type")
            content.attributes[attribute.get("name")] = Attribute(
                kind, self.values(kind), attribute.get("use") == "required"
            )
        for group in own.iterchildren(f"{_XSD}sequence", f"{_XSD}choice"):
            self._group(content, group, (0, 0))
        content.required = [key for key, attribute in content.attributes.items() if attribute.is_required]
        numbered = enumerate(content.slots)
        content.counted = [(number, slot) for number, slot in numbered if slot.minimum or slot.maximum is not None]
        return content

    def _group(self, content: Content, group: etree._Element, choice: tuple[int, int]) -> None:
        number = len(content.slots) + 1
        for alternative, xml in enumerate(group.iterchildren(etree.Element), 1):
            chosen = (number, alternative) if group.tag == f"{_XSD}choice" else choice
            if xml.tag == f"{_XSD}any":
                content.is_open = True
            elif xml.tag == f"{_XSD}element":
                self._element(content, xml, chosen)
            else:
                self._group(content, xml, chosen)

    def _element(self, content: Content, xml: etree._Element, choice: tuple[int, int]) -> None:
        name = (xml.get("name") or xml.get("ref")).rpartition(":")[2]
        many = xml.get("maxOccurs", "1")
        maximum = None if many == "unbounded" else int(many)
        content.slots.append(Slot(int(xml.get("minOccurs", "1")), maximum, choice, name))
        number = len(content.slots) - 1
        if xml.get("name"):
            content.children[name] = number, xml.get("type")
        else:
            content.children |= {each: (number, self.elements[each]) for each in self._substitutes(name)}

    def _substitutes(self, head: str) -> Iterator[str]:
        """The elements that may stand where `head` is asked for; abstract ones may not stand at all."""
        found = self._declared.get(head)
        if found is None:
            return  # of another schema: the diagram
        abstract = found.get("abstract") == "true" or self._complex[found.get("type")].get("abstract") == "true"
        if not abstract:
            yield head
        for name, xml in self._declared.items():
            if xml.get("substitutionGroup") == head:
                yield from self._substitutes(name)


@cache
def schema() -> Schema:
    """The tables, read once."""
    with as_file(files(_PACKAGE) / "schema") as folder:
        return Schema([etree.parse(folder / name).getroot() for name in _FILES])
