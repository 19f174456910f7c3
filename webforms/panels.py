"""What an application shows of its own beside a task and on the page of a case: masked, and in full when asked for."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from engine.errors import Erased, NotFound
from engine.forms import View
from engine.forms.view import Fieldset, ListRow, Node, Question, RowsNode
from engine.queries import Happening
from webforms.case.lines import Line, Told

#: What somebody wanted personal data for.
PURPOSES = {
    "handling": lazy_gettext("To handle the case"),
    "identity": lazy_gettext("To check who somebody is"),
    "data_request": lazy_gettext("For a complaint or request about personal data"),
    "other": lazy_gettext("Another reason"),
}

#: (session, instance id, language) → name of a template and what it is rendered with.
Shown = Callable[[Session, str, str], tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Full:
    """Personal values of a case as a template shows them; `fields` are their names, for the audit stream."""

    template: str
    context: Mapping[str, Any]
    fields: Sequence[str]


@dataclass(frozen=True)
class Tab:
    """A page of a case that an application brings."""

    label: str
    shown: Shown


@dataclass(frozen=True)
class CasePart:
    """What an application shows at the head of a case's pages (if anything) and beside its timeline.

    Templates with their context; `lines` gives what stands in the timeline and is kept elsewhere than in the history;
    `tabs`: pages of its own.
    """

    side: tuple[str, Mapping[str, Any]]
    head: tuple[str, Mapping[str, Any]] | None = None
    lines: Callable[[], Sequence[Line]] = tuple
    tabs: Mapping[str, Tab] = field(default_factory=dict)


@dataclass(frozen=True)
class ActGroup:
    """Messages that staff may send to a case, by their names, under one heading of the menu."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """What an application brings: its panel, personal values masked; the same values in full; and how to mask one.

    For the pages of a case: its part of them (None for a case that it keeps no record of), its own kinds of history in
    words, and how the menu of actions is ordered; what is in no group stands at the end.
    """

    shown: Shown
    #: (session, instance id, language) → everything personal of the case
    full: Callable[[Session, str, str], Full]
    #: (path of a form's field, text) → what of the text may be shown unasked
    mask: Callable[[str, str], str]
    part: Callable[[Session, str, str], CasePart | None] = lambda _session, _instance_id, _language: None
    tell: Callable[[Happening, str], Told | None] = lambda _happening, _language: None
    #: masks numbers in what people wrote
    scrub: Callable[[str], str] = str
    #: names of messages that stand beside the menu
    likely: tuple[str, ...] = ()
    acts: tuple[ActGroup, ...] = ()


#: Application key → its panel; filled when the program starts.
panels: MutableMapping[str, Panel] = {}


def rendered_panel(session: Session, application: str, instance_id: str, language: str) -> Markup:
    """The panel of one case as HTML; empty where the application brings none, or its data were erased."""
    panel = panels.get(application)
    if panel is None:
        return Markup()
    try:
        template, context = panel.shown(session, instance_id, language)
    except Erased:
        return Markup()
    return _rendered(template, {**context, "instance_id": instance_id})


def part_of(session: Session, application: str, instance_id: str, language: str) -> CasePart | None:
    """What the application brings to the pages of one case."""
    panel = panels.get(application)
    return panel.part(session, instance_id, language) if panel is not None else None


def rendered(part: tuple[str, Mapping[str, Any]], instance_id: str) -> Markup:
    """A template of an application with its context as HTML."""
    template, context = part
    return _rendered(template, {**context, "instance_id": instance_id})


def in_full(session: Session, application: str, instance_id: str, language: str) -> Full:
    """The personal values of one case. Raises NotFound where the application brings none, and Erased."""
    panel = panels.get(application)
    if panel is None:
        raise NotFound
    return panel.full(session, instance_id, language)


def rendered_full(full: Full) -> Markup:
    """What `in_full` gave as HTML, once the audit stream knows of it."""
    return _rendered(full.template, full.context)


def masked(view: View, application: str, *, unlocked: bool) -> View:
    """`view` with personal values masked where nobody edits them: in locked fields, else also in `unlocked` ones."""
    panel = panels.get(application)
    if panel is None:
        return view
    masks = _Masks(panel.mask, unlocked)
    return replace(view, nodes=tuple(masks.over(node) for node in view.nodes))


@dataclass(frozen=True)
class _Masks:
    """Puts masks over the nodes of a form."""

    mask: Callable[[str, str], str]
    unlocked: bool

    def over(self, node: Node, path: str = "") -> Node:
        """The node as it may be shown; `path` where it is not the node's own name."""
        match node:
            case Question() if node.locked or self.unlocked:
                texts, shown = (self._texts(path or node.name, each) for each in (node.texts, node.shown))
                return replace(node, texts=texts, shown=shown)
            case Fieldset():
                return replace(node, children=tuple(self.over(each) for each in node.children))
            case RowsNode():
                return replace(node, rows=tuple(self._row(node, row) for row in node.rows))
        return node

    def _row(self, rows: RowsNode, row: ListRow) -> ListRow:
        return replace(row, children=tuple(self.over(each, _column(rows, each)) for each in row.children))

    def _texts(self, path: str, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.mask(path, text) for text in texts)


def _column(rows: RowsNode, node: Node) -> str:
    """The path of a field in a list, without the number of its row: `people[2].name` is `people.name`."""
    own = node.name.rpartition(".")[2] if isinstance(node, Question) else ""
    return f"{rows.name}.{own}"


def _rendered(template: str, context: Mapping[str, Any]) -> Markup:
    """A part of a page: without what the frame of every page asks the database for."""
    shown = current_app.jinja_env.get_template(template).render(context)
    return Markup(shown)  # noqa: S704 - what a template rendered is escaped
