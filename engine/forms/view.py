"""What a page shows of a form: a tree of frozen nodes, texts in one language, nothing left to calculate.

Messages stay (English template, parameters), for the page to translate.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

#: English template and its parameters.
Message = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class Node:
    """Anything shown. `id` is unique on the page; nodes of the same `row` stand side by side, `columns` of 16 wide."""

    id: str
    row: str = ""
    columns: int = 0


@dataclass(frozen=True, kw_only=True)
class Option:
    """One option of a choice."""

    id: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Question(Node):
    """A field. `kind`: text, textarea, number, date, time, datetime, checkbox, radio, checklist, select, file, output.

    `texts` are what the input holds now, `shown` what a reader sees (labels instead of codes); `attributes` are
    HTML's: `min`, `max`, `step`, `inputmode`, `autocomplete`, `accept`, `multiple`. `output` is shown only.
    """

    kind: str
    name: str
    label: str
    description: str = ""
    required: bool = False
    locked: bool = False
    texts: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    suffix: str = ""
    error: Message | None = None

    @property
    def target(self) -> str:
        """The id that a link to this question leads to: the first thing in it that takes the focus."""
        return self.options[0].id if self.options and self.kind != "select" else self.id


@dataclass(frozen=True, kw_only=True)
class Fieldset(Node):
    """Nodes that belong together."""

    label: str
    description: str
    outline: bool
    children: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One row of a list."""

    index: int
    number: int
    children: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class RowsNode(Node):
    """A list of rows. `marker` names the hidden inputs that tell the rows; `add` the button, empty if none is shown."""

    name: str
    label: str
    description: str
    rows: tuple[ListRow, ...]
    marker: str
    add: str
    remove: str
    error: Message | None = None


@dataclass(frozen=True, kw_only=True)
class MarkupNode(Node):
    """Safe HTML."""

    html: str


@dataclass(frozen=True, kw_only=True)
class ImageNode(Node):
    """A picture."""

    source: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class TableNode(Node):
    """A table; `more` counts the rows that are not shown."""

    label: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class LinksNode(Node):
    """Links to documents or to a foreign page: (text, address)."""

    label: str
    links: tuple[tuple[str, str], ...]
    foreign: bool = False


@dataclass(frozen=True, kw_only=True)
class ButtonNode(Node):
    """A button of the form: `submit` or `reset`."""

    label: str
    action: str


@dataclass(frozen=True, kw_only=True)
class GapNode(Node):
    """A line or an empty space."""

    line: bool


@dataclass(frozen=True, kw_only=True)
class View:
    """A form as one person sees it now.

    `errors` are the messages with the id they lead to (empty: the whole form); `rows` are, by that id, label and number
    of the rows in which the wrong answer stands, the outermost first. `conditional` tells that answers change what is
    asked, `rearrangeable` that rows can be added or removed; `multipart` that files can be sent; `buttons` that the
    form brings its own submit button.
    """

    nodes: tuple[Node, ...]
    errors: tuple[tuple[str, Message], ...] = ()
    rows: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    conditional: bool = False
    rearrangeable: bool = False
    multipart: bool = False
    buttons: bool = False


def walk(nodes: Iterable[Node], *, into_rows: bool = True) -> Iterator[Node]:
    """All of `nodes`, groups and lists before what they contain; what the rows of lists hold only where wanted."""
    for node in nodes:
        yield node
        if isinstance(node, Fieldset):
            yield from walk(node.children, into_rows=into_rows)
        elif isinstance(node, RowsNode) and into_rows:
            for row in node.rows:
                yield from walk(row.children)
