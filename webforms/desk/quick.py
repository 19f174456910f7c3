"""The quick record on a phone: what happened at the counter or in the lobby, with photos, in one minute.

The questions are those that the process asks on site (`onsite.form`); a complaint recorded here needs no second record.
"""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import attachments, clock
from engine.bpmn.model import Model
from engine.commands import Submitted
from engine.errors import FileRefused, InvalidForm, InvalidInput
from engine.forms import Form
from engine.forms.submission import Errors
from engine.forms.view import Question
from processes.complaint.units import organisation
from webforms import fields
from webforms.desk.parts import (
    NARRATIVE,
    ONSITE,
    begin,
    flat,
    form_of,
    functions,
    key_of_node,
    model,
    own_unit,
    pages,
    story_error,
    story_of,
)
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.tasks import new_key

Page = str | Response | tuple[str, int]

CHANNEL = "CH.COUNTER"
RESOLVED = "resolved_on_spot"

#: Asked for behind the story, because a person who stands there tells first and is named afterwards.
PERSON = ("complaint.person.full_name", "complaint.person.mobile")


@pages.get("/quick")
@who(staff)
def quick() -> str:
    """The record, empty."""
    found = model()
    return _page(found, form_of(found, ONSITE), {})


@pages.post("/quick")
@who(staff)
def record() -> Page:
    """Asks anew, or stores it."""
    found = model()
    form, pressed = form_of(found, ONSITE), fields.fields_of(request.form)
    answers = form.draft(pressed) | {NARRATIVE: pressed.get(NARRATIVE, [])}
    if "_update" in pressed:
        return _page(found, form, answers)
    sent = fields.files_of(request.files)
    values, errors = _checked(form, answers)
    if not errors:
        try:
            return redirect(url_for("desk.done", instance_id=begin(values, sent, "quick")), 303)
        except FileRefused as refusal:
            errors = {_photos(form): (refusal.template, refusal.params)}
        except InvalidInput as refusal:
            errors = {"": (fields.explained(refusal), {})}
    return _page(found, form, answers, errors), 422


def _checked(form: Form, answers: Mapping[str, list[str]]) -> tuple[dict[str, Any], Errors]:
    errors: dict[str, Any] = dict(story_error(answers))
    now = clock.now()
    try:
        values = Submitted(answers, language=current_language()).answers(form, {}, functions())
    except InvalidForm as refusal:
        return {}, {**refusal.errors, **errors}
    resolved = values.get(RESOLVED) is True
    brought = {
        "complaint.channel": CHANNEL,
        "complaint.received_at": now,
        "complaint.received_by_unit": own_unit(current_actor()),
        "complaint.language": current_language(),
        "complaint.fast_lane": resolved,
        RESOLVED: resolved,
        NARRATIVE: "\n".join(answers[NARRATIVE]).strip(),
    }
    return values | brought, errors


def _page(found: Model, form: Form, answers: Mapping[str, list[str]], errors: Errors | None = None) -> str:
    errors = errors or {}
    language = current_language()
    view = form.view({}, answers, language, functions(), errors)
    nodes = [node for node in flat(view.nodes) if key_of_node(node) != NARRATIVE]
    photos = [node for node in nodes if isinstance(node, Question) and node.kind == "file"]
    who_is = [node for node in nodes if key_of_node(node) in PERSON]
    rest = [node for node in nodes if node not in photos and node not in who_is]
    story = story_of(found, answers, errors.get(NARRATIVE))
    tree, unit = organisation(), own_unit(current_actor())
    known = {key_of_node(node): node for node in [*nodes, story]}
    listed = [
        (node.target if isinstance(node := known.get(name), Question) else "", message)
        for name, message in errors.items()
    ]
    return render_template(
        "desk/quick.html",
        story=[story],
        first=rest,
        person=who_is,
        photos=photos,
        accept=attachments.ACCEPT,
        errors=listed,
        unit=tree[unit].name(language) if unit in tree else "",
        key=new_key(),
        had_files=bool(request.files),
    )


def _photos(form: Form) -> str:
    """The field for photos; empty where the form asks for none."""
    return next((key for key, kind in form.keys.items() if kind == "file"), "")
