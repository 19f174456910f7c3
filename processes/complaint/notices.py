"""Notices: templates in both languages, the table `notices`, and filling them in.

What the program ships stands in `notices/<id>.<language>.md`: a head of `name: value` lines between `---`, named as
the columns of the table, and the body. The head says `subject`, `version`, `effective_from`, the `channels` it may go
by (in any order), `required` names, `inputs` that only the diagram knows, and `sms`, the text message where it is not
the usual one. The text knows `{{name}}` and `{{#if name}}…{{/if}}`, which may stand inside each other; nothing else.
What stands inside `{{#if in_full}}` is left out of mail, which says in `{{#if by_mail}}` where to read it: no mail
carries the facts of a case.
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

#: What a decision must tell, whatever a template says (order No. 3 Art. 19): variable → what people call it.
DECISION_PARTS: Mapping[str, str] = {
    "verification_result": "核实情况 / findings",
    "decision_text": "处理决定 / decision",
    "grounds": "依据和理由 / grounds and reasons",
    "remedies": "救济途径 / remedies",
}

_VALIDITY = Validity()

#: Template → the parts it must have. A review is decided like the complaint itself (Art. 20).
MANDATORY: Mapping[str, Mapping[str, str]] = dict.fromkeys(("N10", "N10S", "N16"), DECISION_PARTS)

#: The text message of a notice whose head has none: where to read it, and nothing of what it says.
SMS = {
    "zh": "【{{unit_name}}】投诉{{case_no}}有新通知，凭查询码查看{{portal_link}}",
    "en": "{{unit_name}}: news on {{case_no}}. Read it with your code: {{portal_link}}",
}

_TAG = re.compile(r"\{\{\s*(#if\s+|/if)?([\w.]*)\s*\}\}")


class IncompleteDecision(InvalidInput):
    """The notice {template} cannot be sent: it lacks {missing} (order No. 3 of 2020, Art. 19)."""


class MissingInNotice(InvalidInput):
    """The notice {template} cannot be sent: {missing} is missing."""


@dataclass(frozen=True)
class Template:
    """One notice in one language."""

    id: str
    language: str
    version: str
    subject: str
    body: str
    required: tuple[str, ...] = ()
    #: variables that the diagram may give it, besides what is known of the case
    inputs: tuple[str, ...] = ()
    #: the ways it may go
    channels: tuple[str, ...] = ()
    sms: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The variables that its texts read."""
        return frozenset(tag[2] for tag in _TAG.finditer(f"{self.subject}\n{self.body}\n{self.sms}") if tag[2])


@dataclass(frozen=True)
class Rendered:
    """A notice ready to be sent: the whole text, and what goes into mail and text messages."""

    subject: str
    text: str
    mail: str = ""
    html: str = ""
    sms: str = ""


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
        template_id, language, _ = path.name.split(".")
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        named = (line.partition(":") for line in head.splitlines())
        heads = {name.strip(): value.strip() for name, _, value in named}
        yield {"id": template_id, "language": language, **heads, "body": body.strip()}


def of_row(row: Row) -> Template:
    """The template in a row of the table."""
    return Template(
        id=row["id"],
        language=row["language"],
        version=row["version"],
        subject=row["subject"],
        body=row["body"],
        sms=row["sms"],
        **{column: _names(row[column]) for column in ("required", "inputs", "channels")},
    )


def render(wanted: Template, variables: Mapping[str, Any]) -> Rendered:
    """`wanted` filled in; raises IncompleteDecision or MissingInNotice, naming all that is missing of it."""
    parts = MANDATORY.get(wanted.id, {})
    if lacking := [called for name, called in parts.items() if _is_empty(variables.get(name))]:
        raise IncompleteDecision(template=wanted.id, missing=", ".join(lacking))
    if lacking := [name for name in wanted.required if _is_empty(variables.get(name))]:
        raise MissingInNotice(template=wanted.id, missing=", ".join(lacking))
    in_full = {**variables, "in_full": True, "by_mail": False}
    by_mail = {**variables, "in_full": False, "by_mail": True}
    mail = fill(wanted.body, by_mail, wanted.language)
    return Rendered(
        subject=" ".join(fill(wanted.subject, by_mail, wanted.language).split()),
        text=fill(wanted.body, in_full, wanted.language),
        mail=mail,
        html=as_html(mail),
        sms=_text_message(wanted, by_mail),
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


def as_html(text: str) -> str:
    """`text` as paragraphs, escaped."""
    paragraphs = [html.escape(part).replace("\n", "<br>\n") for part in re.split(r"\n{2,}", text)]
    return "\n".join(f"<p>{part}</p>" for part in paragraphs)


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


def _text_message(wanted: Template, variables: Mapping[str, Any]) -> str:
    """The text message; empty where the notice may not go as one."""
    if "sms" not in wanted.channels:
        return ""
    return " ".join(fill(wanted.sms or SMS[wanted.language], variables, wanted.language).split())


def _value(name: str, variables: Mapping[str, Any], language: str) -> str:
    value = variables.get(name)
    if value is None:
        raise InvalidInput(why=f"the notice needs “{name}”, which is not known here")
    return words(value, language)


@reference.derived("notices")
def _templates() -> Mapping[tuple[str, str], Sequence[tuple[Row, Template]]]:
    found: dict[tuple[str, str], list[tuple[Row, Template]]] = {}
    for cells in reference.rows("notices"):
        found.setdefault((cells["id"], cells["language"]), []).append((cells, of_row(cells)))
    return found


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
