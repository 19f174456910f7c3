"""An expression ready to use: read once, evaluated many times."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

import engine.feel.loops  # noqa: F401  (gives loops their meaning)
from engine.feel.budget import MAX_DEPTH, budget
from engine.feel.compiler import compile_node
from engine.feel.names import Reads, calls, reads
from engine.feel.nodes import Node, walk
from engine.feel.parser import Parser
from engine.feel.reasons import syntax_error
from engine.feel.scope import Functions, Scope
from engine.feel.unary import INPUT
from engine.feel.values import settled

_KEPT = 4096


class Expression:
    """A FEEL expression, or the unary tests of a cell. Immutable; safe to share between threads."""

    def __init__(self, text: str, root: Node) -> None:
        """Use `parse` or `parse_unary`."""
        self.text = text
        self._root = root
        self._run = compile_node(root)

    def evaluate(self, context: Mapping[str, object], functions: Functions | None = None) -> object:
        """The value in `context`: Decimal, str, bool, None, list, dict, date, time, datetime, timedelta, YearsMonths.

        `functions` are the application's, by name; they get such values by position. A missing name is null, and so
        is what has no result. Raises FeelBudgetExceeded, FeelError for a function that is not there, and the
        RedressErrors of the functions.
        """
        with budget():
            return settled(self._run(Scope(context, functions=functions)))

    def test(self, value: object, context: Mapping[str, object], functions: Functions | None = None) -> bool:
        """Whether `value` passes these unary tests, read by `parse_unary`; raises as `evaluate`."""
        with budget():
            outer = Scope(context, functions=functions)
            return self._run(Scope({INPUT: value}, outer)) is True

    @property
    def names(self) -> frozenset[str]:
        """The dotted paths it reads from the context, without the names of loops, filters and `?`."""
        return self._reads.certain

    @property
    def names_in_filters(self) -> frozenset[str]:
        """Paths inside filters, which are the item's if it has them, else the context's."""
        return self._reads.perhaps

    @cached_property
    def functions(self) -> frozenset[str]:
        """The names of all functions it calls; those not in `BUILTINS` must come from the application."""
        return calls(self._root)

    @cached_property
    def _reads(self) -> Reads:
        return reads(self._root)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


@lru_cache(maxsize=_KEPT)
def parse(text: str, names: frozenset[str] = frozenset()) -> Expression:
    """The expression `text`, with or without `=` or `${...}` around it; raises FeelSyntaxError.

    `names` are known names of more than one word, or with signs in them.
    """
    plain = unwrap(text)
    return Expression(plain, _shallow(Parser(plain, names).whole_expression()))


@lru_cache(maxsize=_KEPT)
def parse_unary(text: str, names: frozenset[str] = frozenset()) -> Expression:
    """The unary tests `text` of a decision table's cell; `-` or nothing always holds; raises FeelSyntaxError."""
    return Expression(text, _shallow(Parser(text, names).whole_tests()))


def evaluate(expression: str, context: Mapping[str, object], functions: Functions | None = None) -> object:
    """The value of the text `expression` in `context`, whose keys may be more than one word; raises FeelError."""
    return parse(expression, frozenset(_long_names(context))).evaluate(context, functions)


def unwrap(text: str) -> str:
    """`text` without the `=` before it or the `${...}` or `#{...}` around it, which mark an expression in a model."""
    plain = text.strip()
    if plain.startswith("="):
        return plain[1:].strip()
    if plain.startswith(("${", "#{")) and plain.endswith("}"):
        return plain[2:-1].strip()
    return plain


def _shallow(root: Node) -> Node:
    """`root` itself; raises FeelSyntaxError where the tree is too deep to be walked."""
    if any(level > MAX_DEPTH for _, level in walk(root)):
        raise syntax_error(0, "too_deep")
    return root


def _long_names(context: Mapping[str, object], level: int = 0) -> Iterable[str]:
    """Keys of more than one word, also of dictionaries inside; lazily read mappings are not looked into."""
    for key, value in context.items() if type(context) is dict else ():
        if not key.isidentifier():
            yield key
        parts = value[:1] if type(value) is list else [value]
        for part in parts:
            if type(part) is dict and level < 4:
                yield from _long_names(part, level + 1)
