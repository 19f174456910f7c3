"""From the XML of one flow element to `Element`: each module reads one part, in every vendor's words."""

from engine.bpmn.parts.declared import Declared
from engine.bpmn.parts.elements import read_element, read_flow, read_properties
from engine.bpmn.parts.source import extension_attributes

__all__ = ["Declared", "extension_attributes", "read_element", "read_flow", "read_properties"]
