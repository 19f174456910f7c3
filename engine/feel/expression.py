"""An expression ready to use: read once, evaluated many times."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import engine.feel.calls
import engine.feel.loops  # noqa: F401  (these two give calls and loops their meaning)
from engine.errors import FeelBudgetExceeded, FeelSyntaxError
from engine.feel.budget import MAX_DEPTH, hold, release
from engine.feel.compiler import Run, compile_node
from engine.feel.lexer import is_plain
from engine.feel.names import Reads, calls, invoked, reads
from engine.feel.nodes import Node, walk
from engine.feel.parser import Parser
from engine.feel.reasons import syntax_error
from engine.feel.scope import NOTHING, Functions, Scope, Surroundings
from engine.feel.types import Types
from engine.feel.unary import INPUT
from engine.feel.values import settled

_KEPT = 4096
#: How deep names of several words are looked for in a context.
_LEVELS = 8


class Expression:
    """A FEEL expression, or the unary tests of a cell. Immutable; safe to share between threads."""

    def __init__(self, text: str, root: Node, mistakes: Sequence[FeelSyntaxError] = ()) -> None:
        """Use `parse` or `parse_unary`."""
        self.text = text
        #: What can be read and evaluated but gives null, as a call with too few values; a check should tell.
        self.mistakes = tuple(mistakes)
        self._root = root

    def evaluate(
        self, context: Mapping[str, object], functions: Functions | None = None, types: Types | None = None
    ) -> object:
        """The value in `context`.

        It is a Decimal, str, bool, None, list, dict, date, time, datetime, timedelta, YearsMonths, Range or Function.
        `functions` are the application's, by name; they get such values by position. `types` are the model's. A missing
        name is null, and so is what has no result. Raises FeelBudgetExceeded, FeelError for a function that is not
        there, and the RedressErrors of the functions.
        """
        held = hold()
        try:
            return settled(self._run(Scope(context, None, _around(functions, types))))
        except RecursionError:
            raise FeelBudgetExceeded() from None
        finally:
            release(held)

    def test(
        self,
        value: object,
        context: Mapping[str, object],
        functions: Functions | None = None,
        types: Types | None = None,
    ) -> bool:
        """Whether `value` passes these unary tests, read by `parse_unary`; raises as `evaluate`."""
        held = hold()
        try:
            return self._run(Scope({INPUT: value}, Scope(context, None, _around(functions, types)))) is True
        except RecursionError:
            raise FeelBudgetExceeded() from None
        finally:
            release(held)

    @property
    def names(self) -> frozenset[str]:
        """The dotted paths it reads from the context, without the names of loops, filters and `?`."""
        return self._reads.certain

    @property
    def names_in_filters(self) -> frozenset[str]:
        """Paths inside filters, which are the item's if it has them, else the context's."""
        return self._reads.perhaps

    @property
    def root(self) -> Node:
        """The syntax tree, for those who translate an expression."""
        return self._root

    @cached_property
    def functions(self) -> frozenset[str]:
        """The names of the functions it calls and does not define itself.

        Those not in `BUILTINS` are the application's, or values of the context.
        """
        return calls(self._root)

    @cached_property
    def invoked(self) -> frozenset[str]:
        """The dotted paths at which it looks for functions inside values of the context, as `tools.rate`."""
        return invoked(self._root)

    @cached_property
    def _run(self) -> Run:
        """Made when it is needed: a check of models reads many expressions and evaluates few."""
        return compile_node(self._root)

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
    parser = Parser(plain, names)
    return Expression(plain, _shallow(plain, parser.whole_expression()), parser.mistakes)


@lru_cache(maxsize=_KEPT)
def parse_unary(text: str, names: frozenset[str] = frozenset()) -> Expression:
    """The unary tests `text` of a decision table's cell; `-` or nothing always holds; raises FeelSyntaxError."""
    parser = Parser(text, names)
    return Expression(text, _shallow(text, parser.whole_tests()), parser.mistakes)


def evaluate(expression: str, context: Mapping[str, object], functions: Functions | None = None) -> object:
    """The value of the text `expression` in `context`, whose keys may be more than one word; raises FeelError."""
    return parse(expression, frozenset(_long_names(context, 0))).evaluate(context, functions)


def _around(functions: Functions | None, types: Types | None) -> Surroundings:
    return Surroundings(functions or {}, types or {}) if functions or types else NOTHING


def unwrap(text: str) -> str:
    """`text` without the `=` before it or the `${...}` or `#{...}` around it, which mark an expression in a model."""
    plain = text.strip()
    if plain.startswith("="):
        return plain[1:].strip()
    if plain.startswith(("${", "#{")) and plain.endswith("}"):
        return plain[2:-1].strip()
    return plain


def _shallow(text: str, root: Node) -> Node:
    """`root` of `text`; raises FeelSyntaxError where the tree is too deep to be walked, which takes a long text."""
    if len(text) > MAX_DEPTH and any(level > MAX_DEPTH for _, level in walk(root)):
        raise syntax_error(0, "too_deep")
    return root


def _long_names(context: Mapping[str, object], level: int) -> list[str]:
    """Keys of more than one word, also of dictionaries inside; lazily read mappings are not looked into."""
    found: list[str] = []
    for key, value in context.items() if type(context) is dict else ():
        if type(key) is str and not is_plain(key):
            found.append(key)
        part = value[0] if type(value) is list and value else value
        if type(part) is dict and level < _LEVELS:
            found += _long_names(part, level + 1)
    return found
