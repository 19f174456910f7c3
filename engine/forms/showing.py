"""From the placed form to what a page shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.forms.asked import question
from engine.forms.components import Group, RowList
from engine.forms.displays import display
from engine.forms.fields import ExpressionField, Field
from engine.forms.placing import ROWS, Placed
from engine.forms.rows import ADD, REMOVE
from engine.forms.view import ButtonNode, Fieldset, ListRow, Message, Node, Question, RowsNode, View

#: Label and number of each row that a node stands in, the outermost first.
_Within = tuple[tuple[str, int], ...]


def show(placed: Sequence[Placed], errors: Mapping[str, Message], *, conditional: bool) -> View:
    """The view of `placed` with the messages `errors` by field name."""
    nodes = _Showing(errors).nodes(placed)
    walked = list(_walk(nodes))
    every = [node for node, _ in walked]
    shown = [(node, within) for node, within in walked if isinstance(node, Question | RowsNode)]
    targets = {node.name: node.target if isinstance(node, Question) else node.id for node, _ in shown}
    found = tuple((targets[name], errors[name]) for name in targets if name in errors)
    of_form = tuple(("", message) for name, message in errors.items() if name not in targets)
    return View(
        nodes=nodes,
        errors=of_form + found,
        rows={targets[node.name]: within for node, within in shown if within and node.name in errors},
        conditional=conditional,
        rearrangeable=any(isinstance(node, RowsNode) and node.add for node in every),
        multipart=any(isinstance(node, Question) and node.kind == "file" for node in every),
        buttons=any(isinstance(node, ButtonNode) and node.action == "submit" for node in every),
    )


def _walk(nodes: Sequence[Node], within: _Within = ()) -> Iterator[tuple[Node, _Within]]:
    for node in nodes:
        yield node, within
        if isinstance(node, Fieldset):
            yield from _walk(node.children, within)
        elif isinstance(node, RowsNode):
            for row in node.rows:
                yield from _walk(row.children, (*within, (node.label, row.number)))


@dataclass(frozen=True)
class _Showing:
    """Makes nodes; `errors` by field name."""

    errors: Mapping[str, Message]

    def nodes(self, placed: Sequence[Placed]) -> tuple[Node, ...]:
        """The nodes of `placed`; expressions without a label stay unseen."""
        found = (self._node(each) for each in placed)
        return tuple(node for node in found if node is not None)

    def _node(self, placed: Placed) -> Node | None:
        component = placed.component
        common: dict[str, Any] = {"id": f"f-{placed.name}", "row": component.row, "columns": component.columns}
        if isinstance(component, ExpressionField) and not component.label.fill(placed.scope):
            return None
        if isinstance(component, Field):
            return question(component, placed, common, self.errors.get(placed.name))
        if isinstance(component, Group):
            children = self.nodes(placed.rows[0].children)
            return Fieldset(**common, **_words(placed), outline=component.outline, children=children)
        if isinstance(component, RowList):
            return self._rows(component, placed, common)
        return display(component, placed.scope, common)

    def _rows(self, component: RowList, placed: Placed, common: dict[str, Any]) -> RowsNode:
        rows = enumerate(placed.rows, start=1)
        return RowsNode(
            **common,
            **_words(placed),
            name=placed.name,
            rows=tuple(ListRow(index=row.index, number=n, children=self.nodes(row.children)) for n, row in rows),
            marker=ROWS + placed.name,
            add=ADD + placed.name if component.rearrangeable else "",
            remove=REMOVE + placed.name if component.rearrangeable else "",
            error=self.errors.get(placed.name),
        )


def _words(placed: Placed) -> dict[str, Any]:
    component = placed.component
    return {"label": component.label.fill(placed.scope), "description": component.description.fill(placed.scope)}
