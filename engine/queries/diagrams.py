"""The diagram of a definition, its texts in the reader's language."""

from collections.abc import Mapping
from typing import Any

from lxml import etree
from sqlalchemy.orm import Session

from engine.bpmn.adapting import adapted
from engine.bpmn.xml import BPMNDI, CAMUNDA, DC, bpmn
from engine.definitions import Library

#: What a letter of a name and a line of it take at least, in pixels of the drawing, as the viewer writes them.
LETTER, LINE = 7, 84

_PROPERTY = f"{bpmn('extensionElements')}/{{{CAMUNDA}}}properties/{{{CAMUNDA}}}property"


def diagram(session: Session, definition_id: int, language: str) -> bytes:
    """The BPMN file of a definition with every name replaced by its `name:<language>`. Raises NotFound."""
    _, model, process = Library(session).by_id(definition_id)
    root = adapted(model.files[process.file], process.file)
    renamed = {}
    for node in root.iter(etree.Element):
        for each in node.iterfind(_PROPERTY):
            if each.get("name") == f"name:{language}":
                renamed[node.get("id")] = each.get("value", "")
                node.set("name", each.get("value", ""))
    _make_room(root, renamed)
    drawn: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return drawn


def _make_room(root: Any, renamed: Mapping[str | None, str]) -> None:
    """Widen what was drawn for shorter names: no word is broken, and few lines are needed.

    The label of a shape stays over its middle, that of a flow keeps its left edge, beside the line.
    """
    for label in root.iter(f"{{{BPMNDI}}}BPMNLabel"):
        drawn, bounds = label.getparent(), label.find(f"{{{DC}}}Bounds")
        name = renamed.get(drawn.get("bpmnElement"))
        if not name or bounds is None:
            continue
        width = float(bounds.get("width"))
        wanted = max(width, min(len(name) * LETTER, LINE), max(map(len, name.split()), default=0) * LETTER)
        left = 0 if drawn.tag == f"{{{BPMNDI}}}BPMNEdge" else (wanted - width) / 2
        bounds.set("x", f"{float(bounds.get('x')) - left:g}")
        bounds.set("width", f"{wanted:g}")
