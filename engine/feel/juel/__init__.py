"""Translates the expressions of older models to FEEL: JUEL, and what is alike in JavaScript, Groovy and Python."""

from engine.errors import FeelSyntaxError
from engine.feel.expression import parse, unwrap
from engine.feel.juel.composite import is_composite, joined
from engine.feel.juel.parsing import Translator

__all__ = ["from_juel", "is_composite"]


def from_juel(text: str, language: str = "juel") -> str:
    """The FEEL text that means what the JUEL `text` means, with or without `${...}` around it, or with several in it.

    Knows comparisons, arithmetic, `&&`, `||`, `!`, `empty`, `a ? b : c`, properties and indexes, and the methods of
    texts, lists and variables that models use. `language` may be `java`, `javascript`, `groovy` or `python` for
    expressions of theirs that are alike. A method of a bean becomes a function, `${bean.check(x)}` to `bean_check(x)`.
    Raises FeelSyntaxError for anything else.
    """
    whole = joined(text, language) if is_composite(text) else Translator(_bare(text), language).whole()
    try:
        parse(whole)
    except FeelSyntaxError as error:
        # The place counts in the translation, which may be longer.
        error.params["position"] = min(int(str(error.params["position"])), len(text) + 1)
        raise
    return whole


def _bare(text: str) -> str:
    """`text` without what a script puts around a value: `return x;`."""
    plain = unwrap(text).rstrip("; \t\r\n")
    return plain.removeprefix("return").strip() if plain.startswith(("return ", "return(")) else plain
