"""Notices: templates in both languages, `notices/<id>.<language>.md`, and filling them in.

A template begins with a head of `name: value` lines between `---`: `subject`, `version` and the names that are
`required`. The text knows `{{name}}` and `{{#if name}}…{{/if}}`, which may stand inside each other; nothing else.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from engine import clock
from engine.errors import InvalidInput

FOLDER = Path(__file__).parent / "notices"

LANGUAGES = ("zh", "en")

#: What a decision must tell (order No. 3 Art. 19), whatever a template says: findings, decision, grounds and remedies.
MANDATORY = {"N10": ("verification_result", "decision_text", "grounds", "remedies")}

_TAG = re.compile(r"\{\{\s*(#if\s+|/if)?([\w.]*)\s*\}\}")


@dataclass(frozen=True)
class Template:
    """One notice in one language."""

    id: str
    language: str
    version: str
    subject: str
    body: str
    required: tuple[str, ...]


@dataclass(frozen=True)
class Rendered:
    """A notice ready to be sent."""

    subject: str
    text: str
    html: str


@cache
def template(template_id: str, language: str) -> Template:
    """The template `template_id` in `language`, else in Chinese; raises InvalidInput when there is none."""
    for wanted in (language, *LANGUAGES):
        path = FOLDER / f"{template_id}.{wanted}.md"
        if re.fullmatch(r"[A-Z]\d\d[A-Z]?", template_id) and path.is_file():
            return _parsed(template_id, wanted, path.read_text("utf-8"))
    raise InvalidInput(why=f"there is no notice “{template_id}”")


def render(wanted: Template, variables: Mapping[str, Any]) -> Rendered:
    """`wanted` filled in; raises InvalidInput naming all that is missing of it."""
    needed = dict.fromkeys((*MANDATORY.get(wanted.id, ()), *wanted.required))
    missing = [name for name in needed if variables.get(name) in (None, "", [])]
    if missing:
        raise InvalidInput(
            "The notice {template} cannot be sent: {missing} is missing.",
            template=wanted.id,
            missing=", ".join(missing),
        )
    text = fill(wanted.body, variables, wanted.language)
    paragraphs = [html.escape(part).replace("\n", "<br>\n") for part in re.split(r"\n{2,}", text)]
    return Rendered(
        subject=" ".join(fill(wanted.subject, variables, wanted.language).split()),
        text=text,
        html="\n".join(f"<p>{part}</p>" for part in paragraphs),
    )


def fill(body: str, variables: Mapping[str, Any], language: str) -> str:
    """`body` with its variables filled in; raises InvalidInput for an unknown name or an open condition."""
    done: list[str] = []
    shown = [True]
    position = 0
    for tag in _TAG.finditer(body):
        if shown[-1]:
            done.append(body[position : tag.start()])
        position = tag.end()
        kind, name = (tag[1] or "").strip(), tag[2]
        if kind == "#if":
            shown.append(shown[-1] and bool(variables.get(name)))
        elif kind == "/if":
            if len(shown) == 1:
                raise InvalidInput(why="the notice closes a condition that it did not open")
            shown.pop()
        elif shown[-1]:
            done.append(_value(name, variables, language))
    if len(shown) > 1:
        raise InvalidInput(why="the notice opens a condition that it does not close")
    done.append(body[position:])
    return re.sub(r"\n{3,}", "\n\n", "".join(done)).strip()


def words(value: Any, language: str) -> str:
    """`value` for people: dates in words, amounts with two decimals, lists joined."""
    chinese = language.startswith("zh")
    if isinstance(value, datetime):
        local = value.astimezone(clock.zone())
        return f"{words(local.date(), language)} {local:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if chinese else f"{value.day} {value:%B} {value.year}"
    if isinstance(value, Decimal):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    if isinstance(value, list | tuple):
        return ("、" if chinese else ", ").join(words(item, language) for item in value)
    return str(value)


def _value(name: str, variables: Mapping[str, Any], language: str) -> str:
    value = variables.get(name)
    if value is None:
        raise InvalidInput(why=f"the notice needs “{name}”, which is not known here")
    return words(value, language)


def _parsed(template_id: str, language: str, text: str) -> Template:
    _, head, body = text.split("---\n", 2)
    named = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
    return Template(
        id=template_id,
        language=language,
        version=named["version"],
        subject=named["subject"],
        body=body.strip(),
        required=tuple(name.strip() for name in named.get("required", "").split(",") if name.strip()),
    )
