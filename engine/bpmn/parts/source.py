"""One flow element's XML, in the words in which its parts are looked up."""

from functools import cached_property

from lxml import etree

from engine.bpmn.elements import Choice, event_nodes
from engine.bpmn.parts.declared import Declared
from engine.bpmn.xml import CAMUNDA, SPIFF, ZEEBE, bpmn, children, local, text_of
from engine.problems import Severity

_OWN = f"{{{CAMUNDA}}}"


class Source:
    """One flow element, what its file declares, and the choices of meaning made while its parts are read."""

    def __init__(self, xml: etree._Element, declared: Declared) -> None:
        self.xml = xml
        self.declared = declared
        self.choices: list[Choice] = []
        self.vendor = extension_attributes(xml)

    @property
    def id(self) -> str:
        """The element's id."""
        return self.get("id")

    @cached_property
    def tag(self) -> str:
        """The tag without its namespace."""
        return local(self.xml)

    def get(self, name: str, default: str = "") -> str:
        """A plain attribute."""
        return str(self.xml.get(name, default))

    def text(self, name: str) -> str:
        """The text inside the BPMN child `name`."""
        return text_of(self.xml.find(bpmn(name)))

    @cached_property
    def extensions(self) -> list[etree._Element]:
        """What stands in its extension elements."""
        return [child for holder in children(self.xml, "extensionElements") for child in holder.iterchildren("*")]

    def extended(self, namespace: str, tag: str) -> etree._Element | None:
        """The first extension element of this name."""
        return self._by_tag.get(f"{{{namespace}}}{tag}") if self._by_tag else None

    @cached_property
    def _by_tag(self) -> dict[str, etree._Element]:
        return {str(child.tag): child for child in reversed(self.extensions)}

    def camunda(self, tag: str) -> str:
        """The text of a `camunda:` extension element."""
        return text_of(self.extended(CAMUNDA, tag))

    def spiff(self, tag: str) -> str:
        """The text of an extension element of SpiffWorkflow."""
        return text_of(self.extended(SPIFF, tag))

    def zeebe(self, tag: str, attribute: str) -> str:
        """An attribute of a `zeebe:` extension element."""
        found = self.extended(ZEEBE, tag)
        return str(found.get(attribute, "")) if found is not None else ""

    @cached_property
    def events(self) -> list[etree._Element]:
        """Its event definitions."""
        return event_nodes(self.xml)

    def chose(self, code: str, severity: Severity = Severity.NOTE, /, **params: object) -> None:
        """Note a choice of meaning, or why there is none."""
        self.choices.append(Choice(code, severity, params))


def extension_attributes(xml: etree._Element) -> dict[str, str]:
    """The `camunda:` attributes of `xml`, by local name."""
    return {str(key)[len(_OWN) :]: str(value) for key, value in xml.attrib.items() if str(key).startswith(_OWN)}
