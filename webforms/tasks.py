"""One task with its form; the list of tasks is `webforms.worklist`."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from engine import clock, commands, queries
from engine.commands import Submitted
from engine.errors import Conflict, InvalidForm, InvalidInput
from engine.forms.view import Message
from engine.queries import TaskDetail
from engine.queries.wishes import has_asked_relief
from webforms import beside, fields, panels, presence, walking
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.walking import Walk

#: The browser's key for one sending of the form.
KEY = "_key"

pages = Blueprint("tasks", __name__, url_prefix="/tasks")


@pages.get("/<task_id>")
@who(staff)
def show(task_id: str) -> str:
    """One task: its form for the assignee, for reading to others; the case beside it."""
    detail = _detail(task_id)
    return _page(detail, detail.draft if detail.may_complete else {})


@pages.post("/<task_id>")
@who(staff)
def complete(task_id: str) -> str | Answer | tuple[str, int]:
    """Complete the task, or keep a draft, or only ask the questions anew: as the pressed button says."""
    sent, detail = fields.fields_of(request.form), _detail(task_id)
    if detail.form is not None and detail.is_open and (values := detail.form.asked_anew(sent)) is not None:
        return _page(detail, values)
    act = _keep_draft if "_draft" in sent else _complete
    try:
        return act(detail, sent)
    except InvalidForm as error:
        return _page(_detail(task_id), sent, error.errors), 422
    except InvalidInput as error:
        return _page(_detail(task_id), sent, {"": (fields.explained(error), {})}), 422
    except Conflict as error:
        return _stale(task_id, sent, error), 409


@pages.post("/<task_id>/draft")
@who(staff)
def save_draft(task_id: str) -> Response:
    """Keep what was typed so far, called by the page while somebody types."""
    saved_at = commands.save_draft(
        site(), task_id, fields.fields_of(request.form), actor=current_actor(), now=clock.now()
    )
    return jsonify(savedAt=saved_at.isoformat())


@pages.post("/<task_id>/claim")
@who(staff)
def claim(task_id: str) -> Answer:
    """Take the task."""
    commands.claim_task(site(), task_id, actor=current_actor(), now=clock.now())
    flash(gettext("The task is yours now."), "success")
    return redirect(walking.here(task_id))


@pages.post("/<task_id>/release")
@who(staff)
def release(task_id: str) -> Answer:
    """Give the task back to its groups."""
    commands.release_task(site(), task_id, actor=current_actor(), now=clock.now())
    flash(gettext("The task was given back."), "success")
    return redirect(walking.back())


@pages.post("/<task_id>/assign")
@who(staff)
def assign(task_id: str) -> Answer:
    """Give the task to somebody."""
    username, why = request.form.get("username", ""), request.form.get("reason", "")
    try:
        commands.assign_task(site(), task_id, username, actor=current_actor(), now=clock.now(), why=why)
        flash(gettext("The task was assigned."), "success")
    except InvalidInput as error:
        flash(fields.explained(error), "error")
    return redirect(walking.here(task_id))


@pages.post("/<task_id>/postpone")
@who(staff)
def postpone(task_id: str) -> Answer:
    """Put the task off until a day; without a day, no longer."""
    try:
        until = day_of(request.form.get("until", ""))
        commands.postpone_task(site(), task_id, until, actor=current_actor(), now=clock.now())
        flash(
            gettext("The task comes back to your list on that day.")
            if until
            else gettext("The task is in your list again."),
            "success",
        )
    except InvalidInput as error:
        flash(fields.explained(error), "error")
    return redirect(walking.here(task_id))


@pages.post("/<task_id>/delegate")
@who(staff)
def delegate(task_id: str) -> Answer:
    """Ask somebody to take the task over."""
    username, why = request.form.get("username", ""), request.form.get("reason", "")
    try:
        commands.delegate_task(site(), task_id, username, why, actor=current_actor(), now=clock.now())
        flash(gettext("The task is yours until it is accepted."), "success")
    except InvalidInput as error:
        flash(fields.explained(error), "error")
    return redirect(walking.here(task_id))


@pages.post("/<task_id>/accept")
@who(staff)
def accept(task_id: str) -> Answer:
    """Take over what somebody handed over."""
    commands.accept_task(site(), task_id, actor=current_actor(), now=clock.now())
    flash(gettext("The task is yours now."), "success")
    return redirect(walking.here(task_id))


@pages.post("/<task_id>/decline")
@who(staff)
def decline(task_id: str) -> Answer:
    """Leave it with the one who has it."""
    try:
        commands.decline_task(site(), task_id, request.form.get("reason", ""), actor=current_actor(), now=clock.now())
        flash(gettext("The task stays with the one who has it."), "success")
    except InvalidInput as error:
        flash(fields.explained(error), "error")
        return redirect(walking.here(task_id))
    return redirect(walking.back())


def key_of(action: str) -> str | None:
    """The idempotency key of a sent form, which nobody else can use: double sending then does nothing twice."""
    try:
        return f"{current_actor().id}:{action}:{uuid.UUID(request.form.get(KEY, ''))}"
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """A day as 2026-03-10; None for no text. Raises InvalidInput."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput(why="write the day as 2026-03-10") from None


def new_key() -> str:
    """A key for a form that is shown; the one that was sent, when the form is shown again."""
    return request.form.get(KEY) or str(uuid.uuid4())


def _detail(task_id: str) -> TaskDetail:
    return queries.task_detail(
        db.session(), site(), task_id, actor=current_actor(), language=current_language(), now=clock.now()
    )


def _page(detail: TaskDetail, values: Mapping[str, list[str]], errors: Mapping[str, Message] | None = None) -> str:
    session, language = db.session(), current_language()
    instance_id, now = detail.row.instance_id, clock.now()
    case = queries.case(session, site(), instance_id, language=language, now=now, newest_only=True)
    view = detail.form.view(values, language, errors) if detail.form is not None else None
    return render_template(
        "task.html",
        task=detail,
        walk=walking.walk(),
        **beside.aids_of(session, case.application, detail, view, language),
        similar=beside.knows_similar(case.application) and detail.is_open,
        view=panels.masked(view, case.application, unlocked=not detail.may_complete) if view is not None else None,
        case=case,
        panel=panels.rendered_panel(session, case.application, case.instance_id, language),
        comments=queries.comments(session, site(), instance_id, actor=current_actor(), now=now),
        relief_asked=detail.may_complete and has_asked_relief(session, detail.row.id, current_actor()),
        people=queries.assignable_people(session, site(), detail.row.id, detail.row.offers) if detail.may_give else (),
        key=new_key(),
        forecast=queries.forecasts(session, site(), now, [detail.row.id]).get(detail.row.id),
        others=presence.others(instance_id, detail.row.id),  # ends the reading transaction
    )


def tell_done(detail: TaskDetail, result: Mapping[str, Any]) -> None:
    """Say on the next page that the task was completed, with the `result` of doing so."""
    what = {"task": detail.row.name, "case": detail.row.business_key}
    if result["parked"]:
        flash(gettext("Done: “%(task)s” of %(case)s. The next step is being repaired.", **what), "warning")
    else:
        flash(gettext("Done: “%(task)s” of %(case)s.", **what), "success")


def _complete(detail: TaskDetail, sent: Mapping[str, list[str]]) -> Answer:
    task_id, walk = detail.row.id, walking.walk()
    submitted = Submitted(sent, fields.files_of(request.files), current_language())
    result = commands.complete_task(
        site(), task_id, submitted, actor=current_actor(), now=clock.now(), key=key_of(f"task:{task_id}")
    )
    tell_done(detail, result)
    if walk is not None:
        return _next_of(walk, task_id)
    following = queries.next_task(db.session(), current_actor(), result["instance_id"])
    return redirect(url_for("tasks.show", task_id=following) if following else url_for("tasks.index"))


def _next_of(walk: Walk, task_id: str) -> Answer:
    """On to the next task of the list that the finished one was opened from; to the list where it is empty now."""
    following = walking.following(task_id, walk, walking.walk())
    if following is None:
        flash(gettext("That was the last task of this list."), "info")
        return redirect(walk.list_address)
    return redirect(walk.address(following))


def _keep_draft(detail: TaskDetail, sent: Mapping[str, list[str]]) -> Answer:
    commands.save_draft(site(), detail.row.id, sent, actor=current_actor(), now=clock.now())
    flash(gettext("The draft was saved. Files are not part of it: attach them when you complete the task."), "success")
    return redirect(walking.here(detail.row.id))


def _stale(task_id: str, sent: Mapping[str, list[str]], error: Conflict) -> str:
    """Somebody was faster: what happened, and what was typed, for copying."""
    detail = _detail(task_id)
    kept = None
    if detail.form is not None:
        kept = detail.form.view(detail.form.form.draft(sent), current_language())
    return render_template("stale.html", task=detail, view=kept, text=fields.explained(error))
