"""Comments on a case, and following it; they are shown on the pages of the case and of its tasks."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands, queries
from engine.errors import InvalidInput, NotFound, TooLate
from engine.models import ProcessInstance
from webforms.fields import explained
from webforms.guards import current_actor, local_address, staff, who
from webforms.store import db, site
from webforms.tasks import key_of, new_key

pages = Blueprint("comments", __name__, url_prefix="/instances/<instance_id>")


@pages.post("/comments")
@who(staff)
def add(instance_id: str) -> Response | tuple[str, int]:
    """Write a comment; what is refused is shown again with what was typed."""
    text = request.form.get("text", "")
    try:
        commands.add_comment(
            site(), instance_id, text, actor=current_actor(), now=clock.now(), key=key_of(f"comment:{instance_id}")
        )
    except InvalidInput as error:
        return _again(instance_id, text, explained(error)), 422
    flash(gettext("Your comment was saved."), "success")
    return _back(instance_id)


@pages.post("/comments/<int:number>/withdraw")
@who(staff)
def withdraw(instance_id: str, number: int) -> Response:
    """Take one's own comment back."""
    try:
        commands.withdraw_comment(site(), instance_id, number, actor=current_actor(), now=clock.now())
        flash(gettext("Your comment was taken back."), "success")
    except TooLate as error:
        flash(explained(error), "error")
    return _back(instance_id)


@pages.post("/follow")
@who(staff)
def follow(instance_id: str) -> Response:
    """Be told of new comments, or no more."""
    if request.form.get("follow") == "yes":
        commands.follow_case(site(), instance_id, actor=current_actor())
        flash(gettext("You are told of new comments on this case."), "success")
    else:
        commands.unfollow_case(site(), instance_id, actor=current_actor())
        flash(gettext("You are no longer told of comments on this case."), "success")
    return _back(instance_id)


def _again(instance_id: str, text: str, error: str) -> str:
    session, actor = db.session(), current_actor()
    if not queries.may_see_case(session, site(), instance_id, actor):
        raise NotFound
    return render_template(
        "comment.html",
        case=session.get_one(ProcessInstance, instance_id),
        comments=queries.comments(session, site(), instance_id, actor=actor, now=clock.now()),
        key=new_key(),
        text=text,
        error=error,
        back=_next(instance_id),
    )


def _back(instance_id: str) -> Response:
    return redirect(_next(instance_id) + "#comments")


def _next(instance_id: str) -> str:
    """The page that the form stood on."""
    sent = local_address(request.form.get("next", "")).partition("#")[0]
    return sent or url_for("instances.show", instance_id=instance_id)
