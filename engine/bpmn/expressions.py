"""Expressions in models: which text is FEEL, which a literal, and what FEEL it is."""

import re
from functools import lru_cache

from engine import feel
from engine.errors import FeelSyntaxError

_WRAPPED = re.compile(r"\s*(?:[$#]\{.*\}|=.*)\s*", re.DOTALL)
_ISO = re.compile(r"\s*(?:R\d*/.+|-?P(?=T?\d)[\dYMWDTHS.,]+|\d{4}-\d\d-\d\d.*)\s*")


def is_expression(text: str) -> bool:
    """Whether `text` is wrapped as `${…}`, `#{…}` or begins with `=`: where plain text would be a literal."""
    return _WRAPPED.fullmatch(text) is not None


def is_iso(text: str) -> bool:
    """Whether a timer's text is an ISO 8601 literal: a duration, a moment or a repetition."""
    return _ISO.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def parsed(text: str) -> feel.Expression:
    """The FEEL expression of `text`; `${…}` that is JUEL is translated. Raises FeelSyntaxError."""
    bare = feel.unwrap(text)
    try:
        return feel.parse(bare)
    except FeelSyntaxError:
        if not text.lstrip().startswith(("${", "#{")):
            raise
        return feel.parse(feel.from_juel(text))
