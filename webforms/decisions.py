"""What waits for a lead's decision: read it, then approve with one click, or decide otherwise and say why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine import clock, commands, queries
from engine.commands import Submitted
from engine.errors import Conflict, InvalidForm, InvalidInput, NotAllowed
from engine.forms import View
from engine.forms.fields import APPROVE, REFUSE
from engine.forms.view import Fieldset, Message, Node, Question, RowsNode, walk
from engine.queries import TaskDetail, UsableForm
from webforms import fields, panels
from webforms.board import pages
from webforms.guards import current_actor, lead, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.tasks import key_of, new_key, tell_done

Errors = Mapping[str, Message]


@pages.get("/decisions/<task_id>")
@who(lead)
def decision(task_id: str) -> str | Answer:
    """What must be read, with the buttons behind it; the task's own page where it cannot be decided like that."""
    detail = _detail(task_id)
    if detail.form is None or not detail.form.form.is_decision or not detail.is_open:
        return redirect(url_for("tasks.show", task_id=task_id))
    return _page(detail, detail.form)


@pages.post("/decisions/<task_id>")
@who(lead)
def decide(task_id: str) -> str | Answer | tuple[str, int]:
    """Complete the task by the rules of its form; a mistake is told beside what was typed."""
    detail, sent = _detail(task_id), fields.fields_of(request.form)
    form = detail.form
    if form is None or not form.form.is_decision:
        return redirect(url_for("tasks.show", task_id=task_id))
    if (values := form.asked_anew(sent)) is not None:
        return _page(detail, form, values)
    if sent.get("_act") == [APPROVE]:
        sent = form.form.preset(APPROVE)
    try:
        _complete(detail, sent)
    except InvalidForm as error:
        return _page(_detail(task_id), form, sent, error.errors), 422
    except (InvalidInput, Conflict, NotAllowed) as error:
        return _page(_detail(task_id), form, sent, {"": (fields.explained(error), {})}), error.status
    return redirect(url_for("board.show", _anchor="decisions"))


def _complete(detail: TaskDetail, sent: Mapping[str, Sequence[str]]) -> None:
    """Take the task if nobody has it, and complete it."""
    task_id, now = detail.row.id, clock.now()
    key = key_of(f"task:{task_id}")
    if detail.may_claim:
        commands.claim_task(site(), task_id, actor=current_actor(), now=now)
    submitted = Submitted(sent, fields.files_of(request.files), current_language())
    result = commands.complete_task(site(), task_id, submitted, actor=current_actor(), now=now, key=key)
    tell_done(detail, result)


def _detail(task_id: str) -> TaskDetail:
    return queries.task_detail(
        db.session(), site(), task_id, actor=current_actor(), language=current_language(), now=clock.now()
    )


def _page(
    detail: TaskDetail, form: UsableForm, values: Mapping[str, list[str]] | None = None, errors: Errors | None = None
) -> str:
    session, language, now = db.session(), current_language(), clock.now()
    row, preset = detail.row, form.form.preset
    case = queries.case(session, site(), row.instance_id, language=language, now=now, newest_only=True)
    typed = form.view(values if values is not None else preset(REFUSE), language, errors)
    approving = form.view(preset(APPROVE), language)
    shown = panels.masked(typed, case.application, unlocked=not (detail.may_complete or detail.may_claim))
    return render_template(
        "board/decision.html",
        task=detail,
        reading=replace(shown, nodes=tuple(_split(shown.nodes, asked=False))),
        asking=replace(shown, nodes=tuple(_split(shown.nodes, asked=True))),
        approves=[each for each in _questions(approving) if each.shown],
        is_open=values is not None,
        may_decide=detail.is_open and (detail.may_complete or detail.may_claim),
        case=case,
        panel=panels.rendered_panel(session, case.application, case.instance_id, language),
        forecast=queries.case_forecast(session, site(), now, row.instance_id),
        key=new_key(),
    )


def _split(nodes: Sequence[Node], *, asked: bool) -> Iterator[Node]:
    """Of `nodes` those that ask, in their groups; or all others, which are there to be read."""
    for node in nodes:
        if isinstance(node, Fieldset):
            children = tuple(_split(node.children, asked=asked))
            if children:
                yield replace(node, children=children)
        elif _asks(node) is asked:
            yield node


def _asks(node: Node) -> bool:
    """Whether somebody answers it; a list of rows and a file count, what is only shown does not."""
    if isinstance(node, Question):
        return not node.locked and node.kind != "output"
    return isinstance(node, RowsNode)


def _questions(view: View) -> Iterator[Question]:
    """The questions that somebody answers, without their groups."""
    return (node for node in walk(_split(view.nodes, asked=True), into_rows=False) if isinstance(node, Question))
