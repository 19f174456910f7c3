"""The diagram of a definition, its texts in the reader's language."""

from lxml import etree
from sqlalchemy.orm import Session

from engine.bpmn.adapting import adapted
from engine.bpmn.xml import CAMUNDA, bpmn
from engine.definitions import Library

_PROPERTY = f"{bpmn('extensionElements')}/{{{CAMUNDA}}}properties/{{{CAMUNDA}}}property"


def diagram(session: Session, definition_id: int, language: str) -> bytes:
    """The BPMN file of a definition with every name replaced by its `name:<language>`. Raises NotFound."""
    _, model, process = Library(session).by_id(definition_id)
    root = adapted(model.files[process.file], process.file)
    for node in root.iter(etree.Element):
        for each in node.iterfind(_PROPERTY):
            if each.get("name") == f"name:{language}":
                node.set("name", each.get("value", ""))
    drawn: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return drawn
