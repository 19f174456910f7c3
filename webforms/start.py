"""Starting a case by hand."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands, queries
from engine.commands import Submitted
from engine.errors import InvalidForm, InvalidInput
from engine.forms.view import Message
from engine.queries import Startable
from webforms import fields
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.tasks import key_of, new_key

pages = Blueprint("start", __name__, url_prefix="/start")


@pages.get("")
@who(staff)
def index() -> str:
    """Every process that the reader may start."""
    found = queries.startable_processes(db.session(), site(), current_actor(), current_language())
    return render_template("start.html", found=found)


@pages.get("/<process_key>")
@who(staff)
def show(process_key: str) -> str:
    """The start form."""
    return _page(_process(process_key), {})


@pages.post("/<process_key>")
@who(staff)
def begin(process_key: str) -> str | Response | tuple[str, int]:
    """Start it, or only ask the questions anew."""
    process = _process(process_key)
    sent = fields.fields_of(request.form)
    if process.form is not None and (values := process.form.asked_anew(sent)) is not None:
        return _page(process, values)
    submitted = Submitted(sent, fields.files_of(request.files), current_language())
    key = key_of(f"start:{process_key}")
    try:
        started = commands.start_instance(
            site(), process_key, submitted, actor=current_actor(), now=clock.now(), key=key
        )
    except InvalidForm as error:
        return _page(process, sent, error.errors), 422
    except InvalidInput as error:
        return _page(process, sent, {"": (fields.explained(error), {})}), 422
    flash(gettext("Started: %(number)s.", number=started["business_key"]), "success")
    return redirect(url_for("instances.show", instance_id=started["instance_id"]))


def _process(key: str) -> Startable:
    return queries.startable(db.session(), site(), current_actor(), key, current_language())


def _page(process: Startable, values: Mapping[str, list[str]], errors: Mapping[str, Message] | None = None) -> str:
    view = process.form.view(values, current_language(), errors) if process.form is not None else None
    return render_template("start_form.html", process=process, view=view, key=new_key())
