"""What the person who is logged in was told of: the page behind the bell."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response

from engine import clock, commands, queries
from engine.errors import NotAllowed
from engine.queries import NotificationRow
from webforms.fields import explained
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site

pages = Blueprint("notifications", __name__, url_prefix="/notifications")

#: Event → what happened. `{step}` is the task, `{by}` a colleague.
TITLES = {
    "task_given": lazy_gettext("You were given “{step}”"),
    "task_assigned": lazy_gettext("{by} assigned “{step}” to you"),
    "task_handed": lazy_gettext("{by} asks you to take over “{step}”"),
    "task_accepted": lazy_gettext("{by} took over “{step}”"),
    "task_declined": lazy_gettext("{by} did not take over “{step}”; it stays with you"),
    "task_released": lazy_gettext("“{step}” was taken back and is no longer yours"),
    "task_passed": lazy_gettext("{by} gave “{step}” to somebody else"),
    "mentioned": lazy_gettext("{by} mentioned you in a comment"),
    "commented": lazy_gettext("{by} wrote a comment"),
    "due_soon": lazy_gettext("“{step}” is due soon"),
    "overdue": lazy_gettext("“{step}” is overdue"),
    "wish": lazy_gettext("{by} asks for your support"),
}
#: Event → icon, where it is not the person.
ICONS = {"due_soon": "clock", "overdue": "alert", "mentioned": "message", "commented": "message"}


def title(row: NotificationRow) -> str:
    """What happened, in the reader's language."""
    return str(TITLES[row.event]).format(step=row.step, by=row.by or lazy_gettext("The system"))


@pages.get("")
@who(staff)
def index() -> str:
    """Newest first: everything, or only what is new."""
    unread = request.args.get("show") == "new"
    found = queries.notification_list(
        db.session(),
        current_actor(),
        current_language(),
        unread=unread,
        page=request.args.get("page", 1, type=int),
    )
    return render_template("notifications.html", found=found, unread_only=unread, title_of=title, icons=ICONS)


@pages.post("/<int:notification_id>")
@who(staff)
def go(notification_id: int) -> Response:
    """Note that it was read, and lead to what it is about."""
    try:
        target = queries.target_of(db.session(), site(), notification_id, current_actor())
    except NotAllowed as error:
        flash(explained(error), "warning")
        target = None
    commands.read_notifications(site(), [notification_id], actor=current_actor(), now=clock.now())
    if target is None:
        return redirect(url_for("notifications.index"))
    if target.task_id is not None:
        return redirect(url_for("tasks.show", task_id=target.task_id))
    if target.instance_id is not None:
        return redirect(url_for("instances.show", instance_id=target.instance_id, _anchor="comments"))
    return redirect(url_for("me.show", _anchor="wishes"))


@pages.post("/read")
@who(staff)
def read() -> Response:
    """Note that one, or everything, was read."""
    one = request.form.get("notification", type=int)
    ids = None if one is None else [one]
    count = commands.read_notifications(site(), ids, actor=current_actor(), now=clock.now())
    if ids is None:
        flash(
            ngettext("%(num)d notification is marked as read.", "%(num)d notifications are marked as read.", count),
            "success",
        )
    return redirect(url_for("notifications.index", show=request.form.get("show") or None))
