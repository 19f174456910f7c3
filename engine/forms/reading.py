"""form-js JSON (schema version 19 and older) → components and problems.

Format: the form-json-schema of bpmn.io; our additions stand in `properties`: `label:en`, `check`, `rule`, `personal`...
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import accumulate
from typing import Any

from engine.forms import problems
from engine.forms.asking import FIELD_TYPES, read_field
from engine.forms.components import (
    Button,
    Component,
    Documents,
    Gap,
    Group,
    Image,
    Link,
    MarkupText,
    RowList,
    Table,
)
from engine.forms.entries import Entries, Findings
from engine.problems import Severity

#: Newest schema version that is understood.
SCHEMA_VERSION = 19
#: Bounds of one form, in bytes, components, and groups inside one another.
MAX_BYTES = 1_000_000
MAX_COMPONENTS = 2_000
MAX_DEPTH = 50


class FormReader:
    """Reads one form; what is odd is in `findings` afterwards."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        #: List → the keys in it, and of each key with dots what it begins with.
        self._taken: dict[str, tuple[set[str], set[str]]] = {}
        self._count = 0
        self._depth = 0

    def read(self, source: bytes) -> tuple[str, tuple[Component, ...]]:
        """The id and the components of the form `source`."""
        if len(source) > MAX_BYTES:
            self.findings.add(problems.UNREADABLE, "", why=f"it is larger than {MAX_BYTES // 1_000_000} MB")
            return "", ()
        try:
            raw = json.loads(source, parse_float=Decimal, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            self.findings.add(problems.UNREADABLE, "", why=str(error) or "it is nested too deeply")
            return "", ()
        if not isinstance(raw, Mapping) or not isinstance(raw.get("components"), list):
            self.findings.add(problems.UNREADABLE, "", why="it has no list of components")
            return "", ()
        form_id = str(raw.get("id") or "")
        version = raw.get("schemaVersion", SCHEMA_VERSION)
        if not isinstance(version, int) or version > SCHEMA_VERSION:
            self.findings.add(problems.SCHEMA_VERSION, form_id, Severity.WARNING, version=version, known=SCHEMA_VERSION)
        return form_id, self._components(Entries(raw, form_id, self.findings), "", "")

    def _components(self, parent: Entries, prefix: str, within: str) -> tuple[Component, ...]:
        """The components in `parent`; keys start with `prefix`; `within` is the list they are rows of."""
        found = []
        self._depth += 1
        for raw in parent.items("components"):
            self._count += 1
            if self._depth > MAX_DEPTH or self._count > MAX_COMPONENTS:
                self._too_large(parent.id)
                break
            element_id = str(raw.get("id") or raw.get("key") or f"component_{self._count}")
            component = self._component(Entries(raw, element_id, self.findings), prefix, within)
            if component is not None:
                found.append(component)
        self._depth -= 1
        return tuple(found)

    def _too_large(self, element_id: str) -> None:
        """Note, the first time, that there is more than is read."""
        if not any(problem.code == problems.UNREADABLE for problem in self.findings.problems):
            why = f"it has more than {MAX_COMPONENTS} components, or more than {MAX_DEPTH} groups inside one another"
            self.findings.add(problems.UNREADABLE, element_id, why=why)

    def _component(self, entries: Entries, prefix: str, within: str) -> Component | None:
        kind = entries.text("type")
        common = _common(entries, kind)
        if kind == "group":
            path = entries.key("path") if entries.raw.get("path") else ""
            inside = self._components(entries, f"{prefix}{path}." if path else prefix, within)
            return Group(**common, components=inside, outline=entries.raw.get("showOutline") is not False)
        if kind == "dynamiclist":
            return self._list(entries, common, prefix, within)
        if kind in _DISPLAYS:
            return _DISPLAYS[kind](entries, common)
        if kind in FIELD_TYPES:
            return read_field(entries, kind, {**common, "key": self._key(entries, "key", prefix, within)})
        self.findings.add(problems.UNKNOWN_TYPE, entries.id, type=kind)
        return None

    def _list(self, entries: Entries, common: dict[str, Any], prefix: str, within: str) -> RowList:
        key = self._key(entries, "path", prefix, within)
        return RowList(
            **common,
            key=key,
            components=self._components(entries, "", f"{within}{key}[]"),
            default_rows=max(0, int(entries.number("defaultRepetitions") or 0)) if _repeats(entries) else 1,
            rearrangeable=entries.raw.get("allowAddRemove") is not False and _repeats(entries),
            rule=entries.rule(),
            rule_error=entries.own_words("rule"),
        )

    def _key(self, entries: Entries, entry: str, prefix: str, within: str) -> str:
        key = entries.key(entry)
        if not key:
            return entries.id
        path = prefix + key
        taken, outer = self._taken.setdefault(within, (set(), set()))
        beginnings = set(accumulate(path.split("."), "{}.{}".format))
        if path in outer or not taken.isdisjoint(beginnings):
            self.findings.add(problems.DUPLICATE_KEY, entries.id, key=path)
        taken.add(path)
        outer |= beginnings - {path}
        return path


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is not a number of JSON")


def _repeats(entries: Entries) -> bool:
    return entries.raw.get("isRepeating") is not False


def _common(entries: Entries, kind: str) -> dict[str, Any]:
    """What every component has."""
    layout = entries.inner("layout")
    columns = layout.number("columns")
    label = "dateLabel" if "dateLabel" in entries.raw else "timeLabel" if "timeLabel" in entries.raw else "label"
    if kind == "documentPreview" and "title" in entries.raw:
        label = "title"
    return {
        "id": entries.id,
        "type": kind,
        "row": str(layout.raw.get("row") or ""),
        "columns": int(columns) if columns is not None and 1 <= columns <= 16 else 0,
        "hide": entries.inner("conditional").setting("hide"),
        "label": entries.wording(label, "label"),
        "description": entries.wording("description"),
    }


def _markdown(entries: Entries, common: dict[str, Any]) -> MarkupText:
    return MarkupText(**common, text=entries.wording("text"), markdown=True)


def _html(entries: Entries, common: dict[str, Any]) -> MarkupText:
    return MarkupText(**common, text=entries.wording("content"), markdown=False)


def _image(entries: Entries, common: dict[str, Any]) -> Image:
    return Image(**common, source=entries.setting("source"), alt=entries.wording("alt"))


def _documents(entries: Entries, common: dict[str, Any]) -> Documents:
    return Documents(**common, source=entries.source("dataSource"))


def _button(entries: Entries, common: dict[str, Any]) -> Button:
    return Button(**common, action="reset" if entries.text("action") == "reset" else "submit")


def _gap(_entries: Entries, common: dict[str, Any]) -> Gap:
    return Gap(**common)


def _table(entries: Entries, common: dict[str, Any]) -> Table:
    columns = []
    for raw in entries.items("columns"):
        key = str(raw.get("key") or "")
        columns.append((key, entries.translated(str(raw.get("label") or key), f"column:{key}")))
    return Table(
        **common,
        source=entries.source("dataSource"),
        columns_fixed=tuple(columns),
        column_source=entries.source("columnsExpression"),
        row_count=int(entries.number("rowCount") or 0),
    )


def _link(entries: Entries, common: dict[str, Any]) -> Link:
    address = entries.setting("url")
    entries.findings.add(problems.IFRAME, entries.id, Severity.WARNING)
    if address.expression is None and not str(address.constant or "").startswith("https://"):
        entries.findings.add(problems.LINK_REFUSED, entries.id, address=address.constant or "")
    return Link(**common, address=address)


_DISPLAYS: dict[str, Callable[[Entries, dict[str, Any]], Component]] = {
    "text": _markdown,
    "html": _html,
    "image": _image,
    "table": _table,
    "documentPreview": _documents,
    "separator": _gap,
    "spacer": _gap,
    "iframe": _link,
    "button": _button,
}
