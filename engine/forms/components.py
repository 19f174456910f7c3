"""The components of a form that ask nothing: containers, texts, tables, pictures; and what all components share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.forms.scope import UNSET, Scope, Setting
from engine.forms.templates import NO_TEXT, Escape, Template

#: Most rows a list takes.
MOST_ROWS = 50


def short_language(language: str) -> str:
    """`zh` of `zh_Hans_CN` or `zh-CN`."""
    return language.replace("-", "_").split("_")[0].lower()


@dataclass(frozen=True)
class Wording:
    """A text and its translations: language → template."""

    base: Template = NO_TEXT
    translations: Mapping[str, Template] = field(default_factory=dict)

    def fill(self, scope: Scope, escape: Escape = str) -> str:
        """The text in the reader's language, or as it stands in the form if there is none."""
        return self.translations.get(short_language(scope.language), self.base).fill(scope, escape)

    def templates(self) -> Iterator[Template]:
        """All its templates."""
        yield self.base
        yield from self.translations.values()


NO_WORDS = Wording()


@dataclass(frozen=True, kw_only=True)
class Component:
    """Anything placed in a form. `row` and `columns` (of 16; 0: shared equally) lay it out."""

    id: str
    type: str
    row: str = ""
    columns: int = 0
    hide: Setting = UNSET
    label: Wording = NO_WORDS
    description: Wording = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class Group(Component):
    """Components that belong together; the keys inside already carry the group's path."""

    components: tuple[Component, ...]
    outline: bool = True


@dataclass(frozen=True, kw_only=True)
class RowList(Component):
    """A `dynamiclist`: the same components for each row of a list."""

    key: str
    components: tuple[Component, ...]
    default_rows: int = 1
    rearrangeable: bool = True
    rule: Setting = UNSET
    rule_error: Wording = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class MarkupText(Component):
    """A `text` (markdown) or `html` component."""

    text: Wording
    markdown: bool


@dataclass(frozen=True, kw_only=True)
class Image(Component):
    """A picture of this host, or one written into the form."""

    source: Setting
    alt: Wording = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class Table(Component):
    """Rows of a list, one column per (key, heading); `column_source` gives contexts with `key` and `label` instead."""

    source: Setting
    columns_fixed: tuple[tuple[str, Wording], ...] = ()
    column_source: Setting = UNSET
    row_count: int = 0


@dataclass(frozen=True, kw_only=True)
class Documents(Component):
    """A `documentPreview`: links to documents of this host."""

    source: Setting


@dataclass(frozen=True, kw_only=True)
class Link(Component):
    """An `iframe`: shown as a link to an https address."""

    address: Setting


@dataclass(frozen=True, kw_only=True)
class Button(Component):
    """A button of the form editor: `submit` or `reset`."""

    action: str


@dataclass(frozen=True, kw_only=True)
class Gap(Component):
    """A `separator` line or a `spacer`."""


def walk(components: tuple[Component, ...]) -> Iterator[Component]:
    """All components, containers before what they contain."""
    for component in components:
        yield component
        if isinstance(component, Group | RowList):
            yield from walk(component.components)
