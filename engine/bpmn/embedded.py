"""Forms that are written into a diagram: form fields (`camunda:formData`, Activiti's `formProperty`), zeebe's JSON."""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.bpmn.expressions import is_expression
from engine.bpmn.parts.people import fields_id
from engine.bpmn.parts.variables import variable_of
from engine.bpmn.xml import CAMUNDA, ZEEBE, bpmn, text_of
from engine.forms.reading import SCHEMA_VERSION

_FIELD, _PROPERTY = f"{{{CAMUNDA}}}formField", f"{{{CAMUNDA}}}formProperty"
_CONSTRAINT, _VALUE = f"{{{CAMUNDA}}}constraint", f"{{{CAMUNDA}}}value"
#: Type of a field → type of form-js; others are text.
_TYPES = {
    **dict.fromkeys(("long", "integer", "int", "double", "float", "number", "short"), "number"),
    "boolean": "checkbox",
    "date": "datetime",
    "enum": "select",
}
_WHOLE = frozenset({"long", "integer", "int", "short"})
#: Constraint → entry of `validate` in form-js.
_LIMITS = {"min": "min", "max": "max", "minlength": "minLength", "maxlength": "maxLength"}


def embedded_forms(root: etree._Element) -> dict[str, bytes]:
    """Form id → form-js JSON of every form that is written into the diagram."""
    found: dict[str, bytes] = {}
    for holder in root.iter(bpmn("extensionElements")):
        fields = [*holder.iterfind(f"{{{CAMUNDA}}}formData/{_FIELD}"), *holder.iterfind(_PROPERTY)]
        if fields and (owner := holder.getparent()) is not None:
            key = fields_id(owner)
            found[key] = _form(key, [_component(field) for field in _unique(fields)])
        for xml in holder.iterfind(f"{{{ZEEBE}}}userTaskForm"):
            found[xml.get("id", "")] = _renamed(text_of(xml), xml.get("id", ""))
    return found


def _form(key: str, components: list[dict[str, Any]]) -> bytes:
    form = {"id": key, "type": "default", "schemaVersion": SCHEMA_VERSION, "components": components}
    return json.dumps(form, ensure_ascii=False).encode()


def _renamed(text: str, key: str) -> bytes:
    """The JSON of a form under the id by which tasks refer to it; what is no JSON object stays as it is."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return text.encode()
    return json.dumps({**raw, "id": key}, ensure_ascii=False).encode() if isinstance(raw, dict) else text.encode()


def _unique(fields: list[etree._Element]) -> Iterator[etree._Element]:
    """Fields that can be filled in, one for each variable."""
    seen: set[str] = set()
    for field in fields:
        if _key(field) not in seen and field.get("readable") != "false":
            seen.add(_key(field))
            yield field


def _key(field: etree._Element) -> str:
    name = field.get("variable") or field.get("id") or field.get("name") or ""
    return name if name.isidentifier() else variable_of(field)


def _component(field: etree._Element) -> dict[str, Any]:
    kind = field.get("type", "string")
    shown = _TYPES.get(kind, "textfield")
    component: dict[str, Any] = {
        "type": shown,
        "id": field.get("id") or _key(field),
        "key": _key(field),
        "label": field.get("label") or field.get("name") or field.get("id") or "",
        **_default(field, shown),
    }
    if shown == "datetime":
        component["subtype"] = "date"
    if kind in _WHOLE:
        component["decimalDigits"] = 0
    if shown == "select":
        values = [(value.get("id", ""), value.get("name")) for value in field.iterfind(_VALUE)]
        component["values"] = [{"value": value, "label": label or value} for value, label in values]
    constraints = {each.get("name", ""): each.get("config") or "" for each in field.iter(_CONSTRAINT)}
    if "readonly" in constraints or field.get("writable") == "false":
        component["readonly"] = True
    if validate := _validate(field, constraints):
        component["validate"] = validate
    return component


def _validate(field: etree._Element, constraints: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "required" in constraints or field.get("required") == "true":
        found["required"] = True
    for name, entry in _LIMITS.items():
        number = _number(constraints.get(name, ""))
        if number is not None:
            found[entry] = number
    return found


def _default(field: etree._Element, shown: str) -> dict[str, Any]:
    """The value to begin with; expressions are not calculated for forms."""
    text = field.get("defaultValue") or field.get("default") or ""
    if not text or is_expression(text) or shown == "datetime":
        return {}
    if shown == "checkbox":
        return {"defaultValue": text == "true"}
    number = _number(text) if shown == "number" else text
    return {} if number is None else {"defaultValue": number}


def _number(text: str) -> float | int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number
