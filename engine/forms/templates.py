"""Texts with FEEL in them, as in form-js: `{{amount}}`, `{{#if x}}…{{/if}}`, `{{#loop list}}…{{/loop}}`, or `=…`.

Values are escaped by the caller's function, so that an answer never becomes markup.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from engine import clock, feel
from engine.errors import FeelBudgetExceeded, FeelSyntaxError
from engine.feel import Expression
from engine.feel.budget import budget, spend, spend_text
from engine.forms.scope import Scope

#: A tag holds no other one, so that a text of opening braces only is read once.
_TAG = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)
#: Most passes of a `{{#loop}}`: a text is read by a person.
_MOST_PASSES = 200
#: Characters of a text, and blocks inside one another.
_LONGEST = 50_000
_DEEPEST = 20

Escape = Callable[[str], str]


@dataclass(frozen=True)
class _Block:
    """Parts shown if, or once for each item of, `expression`."""

    kind: str
    expression: Expression
    parts: "tuple[Part, ...]"


Part = str | Expression | _Block


@dataclass(frozen=True)
class Template:
    """A text that is filled in when shown."""

    source: str
    parts: tuple[Part, ...]

    def fill(self, scope: Scope, escape: Escape = str) -> str:
        """The text in `scope`, each value passed through `escape`; it ends where it would take too long."""
        filled: list[str] = []
        with budget(), suppress(FeelBudgetExceeded):
            for text in _filled(self.parts, scope, escape):
                spend_text(len(text))
                filled.append(text)
        return "".join(filled)

    def expressions(self) -> Iterator[Expression]:
        """All FEEL in the text."""
        return _expressions(self.parts)


NO_TEXT = Template("", ())


def without_tags(source: str) -> str:
    """`source` without its FEEL."""
    return _TAG.sub("", source)


def read_template(source: str) -> Template:
    """The template written as `source`; raises FeelSyntaxError."""
    if source.startswith("="):
        return Template(source, (feel.parse(source[1:]),))
    if len(source) > _LONGEST:
        raise FeelSyntaxError(position=_LONGEST, why=f"the text is longer than {_LONGEST} characters")
    tokens = _TAG.split(source)
    parts, rest = _read(tokens, 0, "", 0)
    if rest < len(tokens):
        raise FeelSyntaxError(position=0, why=f"{{{{{tokens[rest]}}}}} closes nothing")
    return Template(source, tuple(parts))


def _read(tokens: list[str], start: int, closing: str, depth: int) -> tuple[list[Part], int]:
    """Parts from token `start` (even: text, odd: tag) up to the tag `closing`, and the place of that tag."""
    if depth > _DEEPEST:
        raise FeelSyntaxError(position=0, why=f"more than {_DEEPEST} blocks stand inside one another")
    parts: list[Part] = []
    place = start
    while place < len(tokens):
        token = tokens[place]
        tag = token.strip()
        if place % 2 == 0:
            parts.append(token)
        elif tag.startswith("/"):
            if tag[1:].strip() != closing:
                break
            return parts, place
        elif opening := re.match(r"#(if|loop)\s+(.*)", tag, re.DOTALL):
            inner, place = _read(tokens, place + 1, opening[1], depth + 1)
            parts.append(_Block(opening[1], feel.parse(opening[2].removeprefix("=")), tuple(inner)))
        else:
            parts.append(feel.parse(tag.removeprefix("=")))
        place += 1
    if closing:
        raise FeelSyntaxError(position=0, why=f"{{{{#{closing}}}}} is not closed")
    return parts, place


def _filled(parts: tuple[Part, ...], scope: Scope, escape: Escape) -> Iterator[str]:
    for part in parts:
        spend(1)
        if isinstance(part, str):
            yield part
        elif isinstance(part, Expression):
            value = scope.evaluate(part)
            yield escape(_shown(value))
        else:
            value = scope.evaluate(part.expression)
            if part.kind == "if" and value is True:
                yield from _filled(part.parts, scope, escape)
            elif part.kind == "loop" and isinstance(value, list | tuple):
                for number, item in enumerate(value[:_MOST_PASSES], start=1):
                    row = item if isinstance(item, Mapping) else {}
                    inner = scope.over({**row, "this": item, "parent": scope.values, "i": number})
                    yield from _filled(part.parts, inner, escape)


def _shown(value: object) -> str:
    """A value within a text: moments to the minute in the business time zone, nothing for null."""
    if isinstance(value, datetime):
        local = value.astimezone(clock.zone()) if value.tzinfo else value
        return f"{local:%Y-%m-%d %H:%M}"
    return "" if value is None else feel.to_text(value)


def _expressions(parts: tuple[Part, ...]) -> Iterator[Expression]:
    for part in parts:
        if isinstance(part, Expression):
            yield part
        elif isinstance(part, _Block):
            yield part.expression
            yield from _expressions(part.parts)
