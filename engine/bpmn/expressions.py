"""Expressions in models: which text is FEEL, which a literal, and what FEEL it is."""

import re
from functools import lru_cache

from engine import feel
from engine.bpmn.cron import is_cron
from engine.errors import FeelSyntaxError

_WRAPPED = re.compile(r"\s*(?:[$#]\{.*\}|=.*)\s*", re.DOTALL)
_ISO = re.compile(r"\s*(?:R\d*/.+|-?P(?=T?\d)[\dYMWDTHS.,]+|\d{4}-\d\d-\d\d.*)\s*")
#: What FEEL would read, but as something else: a list counted from 0, and a method of a value.
_OTHERWISE = re.compile(r"\[\s*0\s*\]|\.\s*[^\W\d]\w*\s*\(")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def is_expression(text: str) -> bool:
    """Whether `text` is wrapped as `${…}` or `#{…}`, holds such a part, or begins with `=`: else it is a literal."""
    return _WRAPPED.fullmatch(text) is not None or feel.is_composite(text)


def is_iso(text: str) -> bool:
    """Whether a timer's text is an ISO 8601 literal: a duration, a moment or a repetition."""
    return _ISO.fullmatch(text) is not None and not feel.is_composite(text)


def is_time(text: str) -> bool:
    """Whether a timer's text is a literal: ISO 8601, or a cron text."""
    return is_iso(text) or is_cron(text)


@lru_cache(maxsize=4096)
def parsed(text: str) -> feel.Expression:
    """The FEEL expression of `text`; JUEL, and what is alike in scripts, is translated. Raises FeelSyntaxError."""
    if feel.is_composite(text) and not text.lstrip().startswith("="):
        return feel.parse(feel.from_juel(text))
    try:
        found = feel.parse(feel.unwrap(text))
    except FeelSyntaxError as error:
        if text.lstrip().startswith("="):
            raise
        try:
            return feel.parse(feel.from_juel(text))
        except FeelSyntaxError as other:
            raise (other if is_expression(text) else error) from None
    is_alike = found.invoked or _OTHERWISE.search(_QUOTED.sub("", found.text))
    if not text.lstrip().startswith("=") and is_alike:
        return feel.parse(feel.from_juel(text))
    return found
