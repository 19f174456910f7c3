"""Types of columns: the names DMN versions use for them, and item definitions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from engine.dmn.xml import Element, child, children, tag, text_of
from engine.feel.types import TYPES, is_instance

ANY = "Any"
INTEGER = "integer"
_NAMES = {
    **{name: name for name in TYPES},
    "any": ANY,
    "integer": INTEGER,
    "long": INTEGER,
    "double": "number",
    "float": "number",
    "decimal": "number",
    "dateTime": "date and time",
    "datetime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}


class ItemType(NamedTuple):
    """A type with the unary tests of its allowed values, empty for any."""

    name: str
    allowed: str = ""


def read_item_types(root: Element) -> dict[str, ItemType]:
    """The file's own types by name."""
    found: dict[str, ItemType] = {}
    for item in children(root, "itemDefinition"):
        reference = child(item, "typeRef")
        base = "context" if any(tag(part) == "itemComponent" for part in item) else ANY
        if reference is not None:
            base = resolve((reference.text or "").strip(), {}).name or ANY
        if item.get("isCollection") == "true":
            base = "list" if base in (ANY, INTEGER) else f"list<{base}>"
        found[item.get("name", "")] = ItemType(base, text_of(child(item, "allowedValues")))
    return found


def resolve(reference: str, items: Mapping[str, ItemType]) -> ItemType:
    """The type that `typeRef` names, with or without a prefix; an empty name if there is none such."""
    plain = reference.rpartition(":")[2]
    if not plain:
        return ItemType(ANY)
    return items.get(plain) or ItemType(_NAMES.get(plain, ""))


def is_of(value: object, type_name: str) -> bool:
    """Whether `value` is of the resolved type `type_name`; null is of every type."""
    if value is None or type_name == ANY:
        return True
    if type_name == INTEGER:
        return isinstance(value, Decimal) and value == value.to_integral_value()
    return is_instance(value, type_name)
