"""What an application brings beside a form to help with it: standard answers, technique cards, similar cases, words.

What takes long to find, and is not always wanted, has pages of its own, which the page of the task unfolds.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from engine import clock, queries
from engine.errors import NotFound
from engine.forms import View
from engine.forms.view import Node, Question, walk
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.queries import DecisionRow, TaskDetail, TaskRow
from engine.site import Site
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site

pages = Blueprint("beside", __name__, url_prefix="/tasks")


@dataclass(frozen=True)
class Beside:
    """What an application brings."""

    #: (session, instance id, element id of the task, language) → name of a template and what it is rendered with
    aids: Callable[[Session, str, str, str], tuple[str, Mapping[str, Any]]]
    #: (session, site, instance id, reader, language) → name of a template and what it is rendered with
    similar: Callable[[Session, Site, str, Actor, str], tuple[str, Mapping[str, Any]]]
    #: (name of an output or text of an input, value, language) → what people call it
    words: Callable[[str, object, str], str]


#: Application key → what it brings; filled when the program starts.
besides: MutableMapping[str, Beside] = {}


@pages.get("/<task_id>/similar")
@who(staff)
def similar(task_id: str) -> str:
    """Closed cases like this one, as far as the reader may see them."""
    row, application = _task(task_id)
    if application not in besides:
        raise NotFound
    language = current_language()
    found = besides[application].similar(db.session(), site(), row.instance_id, current_actor(), language)
    template, context = found
    return render_template(template, task=row, **context)


@pages.get("/<task_id>/reasons")
@who(staff)
def reasons(task_id: str) -> str:
    """What the decision tables said in this case, and why."""
    row, application = _task(task_id)
    language = current_language()
    found = queries.decisions(db.session(), site(), row.instance_id, language)
    return render_template("reasons.html", task=row, decisions=[_told(each, application, language) for each in found])


@pages.get("/<task_id>/answers/<int:number>")
@who(staff)
def answers(task_id: str, number: int) -> str:
    """What was filled in at an earlier step of the case."""
    row, _ = _task(task_id)
    language, now = current_language(), clock.now()
    found = queries.answers_of(db.session(), site(), row.instance_id, number, language=language, now=now)
    return render_template("answers.html", task=row, answers=found)


def aids_of(
    session: Session, application: str, task: TaskDetail, view: View | None, language: str
) -> Mapping[str, Any]:
    """What `_aids.html` shows of standard answers and cards; answers only where the reader writes long texts."""
    brought = besides.get(application)
    if brought is None or not task.is_open:
        return {}
    template, context = brought.aids(session, task.row.instance_id, task.element_id, language)
    writes = task.may_complete and view is not None and any(map(_is_long_text, walk(view.nodes)))
    return {"aids_template": template, "writes": writes, **context}


def knows_similar(application: str) -> bool:
    """Whether the application finds cases that are alike."""
    return application in besides


@dataclass(frozen=True)
class Told:
    """A decision in words."""

    row: DecisionRow
    outputs: Sequence[tuple[str, str]]
    inputs: Sequence[tuple[str, str]]


def _told(row: DecisionRow, application: str, language: str) -> Told:
    brought = besides.get(application)
    words = brought.words if brought is not None else _plain
    return Told(
        row,
        [(value.label, words(value.name, value.value, language)) for value in row.outputs],
        [(value.label, words(value.name, value.value, language)) for value in row.inputs],
    )


def _plain(_name: str, value: object, _language: str) -> str:
    return "–" if value is None else str(value)


def _is_long_text(node: Node) -> bool:
    """Whether somebody may write a long text there."""
    return isinstance(node, Question) and node.kind == "textarea" and not node.locked


def _task(task_id: str) -> tuple[TaskRow, str]:
    """A task that the reader may see, and the application of its case. Raises NotFound."""
    session, actor = db.session(), current_actor()
    rows = queries.rows_of(session, [task_id], actor, current_language(), clock.now())
    if not rows:
        raise NotFound
    return rows[0], session.get_one(ProcessInstance, rows[0].instance_id).application
