"""Notices: templates in both languages, the table `notices`, and filling them in.

What the program ships stands in `notices/<id>.<language>.md`: a head of `name: value` lines between `---`, named as
the columns of the table, and the body. The text knows `{{name}}` and `{{#if name}}…{{/if}}`, which may stand inside
each other; nothing else.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine import clock, reference
from engine.errors import InvalidInput
from engine.reference import Row, Validity

FOLDER = Path(__file__).parent / "notices"

LANGUAGES = ("zh", "en")

#: What a decision must tell (order No. 3 Art. 19), whatever a template says: findings, decision, grounds and remedies.
MANDATORY = {"N10": ("verification_result", "decision_text", "grounds", "remedies")}

_VALIDITY = Validity()

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


def template(template_id: str, language: str) -> Template:
    """The template `template_id` in `language` that is in force today, else in Chinese; raises InvalidInput if none."""
    today = clock.today()
    for wanted in (language, *LANGUAGES):
        for cells, found in _templates().get((template_id, wanted), ()):
            if _VALIDITY.holds_on(cells, today):
                return found
    raise InvalidInput(why=f"there is no notice “{template_id}”")


def shipped() -> Iterator[dict[str, str]]:
    """The templates that come with the program: heads and body of every file, as cells of the table."""
    for path in sorted(FOLDER.glob("*.md")):
        template_id, language = path.name.removesuffix(".md").split(".")
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        named = (line.partition(":") for line in head.splitlines())
        heads = {name.strip(): value.strip() for name, _, value in named}
        yield {"id": template_id, "language": language, **heads, "body": body.strip()}


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


@reference.derived("notices")
def _templates() -> Mapping[tuple[str, str], Sequence[tuple[Row, Template]]]:
    found: dict[tuple[str, str], list[tuple[Row, Template]]] = {}
    for cells in reference.rows("notices"):
        found.setdefault((cells["id"], cells["language"]), []).append((cells, _template(cells)))
    return found


def _template(cells: Row) -> Template:
    return Template(
        id=cells["id"],
        language=cells["language"],
        version=cells["version"],
        subject=cells["subject"],
        body=cells["body"],
        required=tuple(name.strip() for name in cells["required"].split(",") if name.strip()),
    )
