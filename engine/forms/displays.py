"""What a page shows of components that ask nothing."""

import re
from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from engine import feel
from engine.forms import markup
from engine.forms.components import Button, Component, Documents, Gap, Image, Link, MarkupText, Table, short_language
from engine.forms.scope import Scope, dig
from engine.forms.view import ButtonNode, GapNode, ImageNode, LinksNode, MarkupNode, Node, TableNode

_HTTPS = re.compile(r"https://[^\s<>\"]+")


@singledispatch
def display(_component: Component, _scope: Scope, _common: dict[str, Any]) -> Node | None:
    """The node of a component, None if there is nothing to see; `common`: its id, row and columns."""
    return None


@display.register
def _text_node(component: MarkupText, scope: Scope, common: dict[str, Any]) -> Node:
    if component.markdown:
        return MarkupNode(**common, html=markup.from_markdown(component.text.fill(scope, markup.escape_markdown)))
    return MarkupNode(**common, html=markup.from_html(component.text.fill(scope, markup.escape_html)))


@display.register
def _image(component: Image, scope: Scope, common: dict[str, Any]) -> Node | None:
    source = markup.image_source(component.source.of(scope))
    return ImageNode(**common, source=source, alt=component.alt.fill(scope)) if source else None


@display.register
def _documents(component: Documents, scope: Scope, common: dict[str, Any]) -> Node:
    links = tuple(_addresses(component.source.of(scope)))
    return LinksNode(**common, label=component.label.fill(scope), links=links)


@display.register
def _link(component: Link, scope: Scope, common: dict[str, Any]) -> Node:
    address = str(component.address.of(scope) or "")
    links = ((component.label.fill(scope) or address, address),) if _HTTPS.fullmatch(address) else ()
    return LinksNode(**common, label="", links=links, foreign=True)


@display.register
def _button(component: Button, scope: Scope, common: dict[str, Any]) -> Node:
    return ButtonNode(**common, label=component.label.fill(scope), action=component.action)


@display.register
def _gap(component: Gap, _scope: Scope, common: dict[str, Any]) -> Node:
    return GapNode(**common, line=component.type == "separator")


@display.register
def _table(component: Table, scope: Scope, common: dict[str, Any]) -> Node:
    columns = [(key, heading.fill(scope)) for key, heading in component.columns_fixed]
    for item in _items(component.column_source.of(scope)):
        if isinstance(item, Mapping):
            columns.append((_text(item.get("key")), _text(item.get("label"))))
    rows = [row for row in _items(component.source.of(scope)) if isinstance(row, Mapping)]
    shown = rows[: component.row_count or None]
    return TableNode(
        **common,
        label=component.label.fill(scope),
        headings=tuple(heading for _, heading in columns),
        rows=tuple(tuple(_cell(dig(row, key), scope.language) for key, _ in columns) for row in shown),
        more=len(rows) - len(shown),
    )


def _addresses(found: object) -> Iterator[tuple[str, str]]:
    """(name, address) of each document of this host; form-js has `endpoint` and `metadata.fileName`."""
    for item in _items(found):
        if isinstance(item, Mapping):
            address = markup.own_address(item.get("url") or item.get("endpoint"))
            name = item.get("name") or dig(item, "metadata.fileName") or item.get("documentId") or address
            if address:
                yield _text(name), address


def _items(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _cell(value: object, language: str) -> str:
    """The text of a cell; of a context with a text for each language (`{zh: …, en: …}`) the reader's."""
    code = short_language(language)
    return _text(value[code] if isinstance(value, Mapping) and code in value else value)


def _text(value: object) -> str:
    return "" if value is None else feel.to_text(value)
