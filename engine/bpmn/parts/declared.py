"""What the elements of a file refer to by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from engine.bpmn.dialects import is_jbpm
from engine.bpmn.xml import SPIFF, bpmn, local

#: Where names and codes that events refer to are declared: tag → attribute.
_NAMED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Declared:
    """The declarations of one file; without a root, none."""

    root: etree._Element | None = None
    #: id → name or code of messages, signals, errors and escalations; the name where there is no code
    names: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    @classmethod
    def by(cls, root: etree._Element) -> "Declared":
        """What the file below `root` declares."""
        return cls(
            root,
            {
                xml.get("id", ""): xml.get(_NAMED[local(xml)]) or xml.get("name") or xml.get("id", "")
                for xml in root.iter(*map(bpmn, _NAMED))
            },
        )

    @cached_property
    def is_jbpm(self) -> bool:
        """Whether jBPM wrote the file."""
        return self.root is not None and is_jbpm(self.root)

    @cached_property
    def is_spiff(self) -> bool:
        """Whether SpiffWorkflow's modeler wrote the file."""
        return self.root is not None and next(self.root.iter(f"{{{SPIFF}}}*"), None) is not None

    @cached_property
    def by_id(self) -> Mapping[str, etree._Element]:
        """Every element that has an id."""
        found = self.root.iter(etree.Element) if self.root is not None else ()
        return {str(xml.get("id")): xml for xml in found if xml.get("id")}

    @cached_property
    def shown(self) -> Mapping[str, list[etree._Element]]:
        """Id of a data object → the references that show it."""
        found: dict[str, list[etree._Element]] = {}
        for xml in self.root.iter(bpmn("dataObjectReference")) if self.root is not None else ():
            found.setdefault(xml.get("dataObjectRef", ""), []).append(xml)
        return found

    @cached_property
    def handlers(self) -> Mapping[str, str]:
        """Id of a compensation boundary event → id of the activity that an association joins to it (10.7.1)."""
        found: dict[str, str] = {}
        for xml in self.root.iter(bpmn("association")) if self.root is not None else ():
            ends = xml.get("sourceRef", ""), xml.get("targetRef", "")
            for event, activity in (ends, ends[::-1]):
                if _compensates(self.by_id.get(event)) and self.by_id.get(activity) is not None:
                    found.setdefault(event, activity)
        return found


def _compensates(xml: etree._Element | None) -> bool:
    """Whether `xml` is a compensation boundary event."""
    is_boundary = xml is not None and xml.tag == bpmn("boundaryEvent")
    return is_boundary and xml is not None and xml.find(bpmn("compensateEventDefinition")) is not None
