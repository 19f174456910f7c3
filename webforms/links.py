"""Complaints that belong together: compared, linked, merged or told apart; and what is known of a complainant."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from engine import clock, queries
from engine.commands.disclosures import disclose
from engine.errors import Conflict, InvalidInput
from engine.models import ProcessInstance
from processes.complaint import codes, profiles
from processes.complaint.links import commands
from processes.complaint.links.views import comparison, neighbours
from webforms import fields, panels
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site

pages = Blueprint("links", __name__, url_prefix="/instances")

Page = str | Response | tuple[str, int]

#: What somebody may decide about two complaints, in the order of the page.
CHOICES = {
    "repeat": lazy_gettext("The same person complains of the same matter again: count it as a repeat"),
    "merged": lazy_gettext("The same complaint came twice: deal with both under the other number"),
    "group": lazy_gettext("Different persons, the same event: show them together"),
    "different": lazy_gettext("Not the same: do not propose it again"),
}


class Wanted(NamedTuple):
    """What was typed about two complaints."""

    number: str = ""
    kind: str = ""
    reason: str = ""


@pages.get("/<instance_id>/links")
@who(staff)
def show(instance_id: str) -> Page:
    """The complaints around one; with `other` in the address, that one beside it."""
    return _page(instance_id, Wanted(request.args.get("other", "")[:100]))


@pages.post("/<instance_id>/links")
@who(staff)
def decide(instance_id: str) -> Page:
    """Asks once more what was decided, then does it."""
    form = request.form
    wanted = Wanted(form.get("other", "")[:100], form.get("kind", ""), form.get("reason", "").strip())
    if error := _lacking(wanted):
        return _page(instance_id, wanted, error, 422)
    if form.get("_step") != "confirmed":
        return _page(instance_id, wanted, asks_once_more="_back" not in form)
    try:
        _carry_out(instance_id, wanted)
    except (InvalidInput, Conflict) as refused:
        return _page(instance_id, wanted, fields.explained(refused), refused.status)
    return redirect(url_for("instances.show", instance_id=instance_id))


@pages.post("/<instance_id>/links/<other_id>/remove")
@who(staff)
def remove(instance_id: str, other_id: str) -> Page:
    """Takes a link back, with a reason."""
    try:
        reason = request.form.get("reason", "")
        commands.unlink(site(), instance_id, other_id, reason, actor=current_actor(), now=clock.now())
    except (InvalidInput, Conflict) as refused:
        return _page(instance_id, Wanted(), fields.explained(refused), refused.status)
    flash(gettext("The link was taken back."), "success")
    return redirect(url_for(".show", instance_id=instance_id))


@pages.get("/<instance_id>/profile")
@who(staff)
def ask_for_profile(instance_id: str) -> Page:
    """Asks what the history of the complainant is wanted for."""
    return _profile_page(_case(instance_id))


@pages.post("/<instance_id>/profile")
@who(staff)
def profile(instance_id: str) -> Page:
    """The complainant's history, for this answer only: who saw it and what for is on record before."""
    case, purpose = _case(instance_id), request.form.get("purpose", "")
    try:
        disclose(site(), case, profiles.FIELDS, purpose, actor=current_actor(), now=clock.now())
    except InvalidInput as refused:
        return _profile_page(case, purpose, error=fields.explained(refused)), refused.status
    return _profile_page(_case(instance_id), purpose, shown=True)


@pages.post("/<instance_id>/observations")
@who(staff)
def observe(instance_id: str) -> Page:
    """Adds what somebody observed about the complainant."""
    case, form = _case(instance_id), request.form
    try:
        kind, text = form.get("kind", ""), form.get("text", "")
        profiles.add_observation(site(), instance_id, kind, text, actor=current_actor(), now=clock.now())
    except InvalidInput as refused:
        return _profile_page(case, error=fields.explained(refused)), refused.status
    flash(gettext("The observation was added."), "success")
    return redirect(url_for(".ask_for_profile", instance_id=instance_id))


# --- parts --------------------------------------------------------------------------------------------------------


def _case(instance_id: str) -> ProcessInstance:
    return queries.visible_instance(db.session(), site(), instance_id, current_actor())


def _lacking(wanted: Wanted) -> str:
    """What is not answered yet."""
    if wanted.kind not in CHOICES:
        return str(gettext("Choose what the two complaints have to do with each other."))
    return "" if wanted.reason else str(gettext("Say why the two belong together, or why they do not."))


def _carry_out(instance_id: str, wanted: Wanted) -> None:
    actor, now, (number, kind, reason) = current_actor(), clock.now(), wanted
    if kind == "merged":
        root = commands.merge_case(site(), instance_id, number, reason, actor=actor, now=now)
        flash(
            gettext("The two go on under %(number)s once this complaint is registered as the same.", number=root),
            "info",
        )
    else:
        commands.link_cases(site(), instance_id, number, kind, reason, actor=actor, now=now)
        flash(gettext("Done. It stands in the history of both complaints."), "success")


def _page(
    instance_id: str, wanted: Wanted, error: str = "", status: int = 200, *, asks_once_more: bool = False
) -> tuple[str, int]:
    session, language, actor, case = db.session(), current_language(), current_actor(), _case(instance_id)
    beside = None
    if wanted.number.strip():
        try:
            beside = comparison(session, site(), instance_id, wanted.number, actor, language)
        except InvalidInput as refused:
            error, status = error or fields.explained(refused), 422
    page = render_template(
        "links/show.html",
        case=case,
        around=neighbours(session, site(), instance_id, actor, language),
        beside=beside,
        wanted=wanted,
        choices=CHOICES,
        asks_once_more=asks_once_more and beside is not None,
        error=error,
    )
    return page, status


def _profile_page(case: ProcessInstance, purpose: str = "", *, shown: bool = False, error: str = "") -> str:
    found = profiles.profile(db.session(), site(), case.id, current_actor(), current_language()) if shown else None
    return render_template(
        "links/profile.html",
        case=case,
        profile=found,
        kinds=codes.codes("observation_kind"),
        purpose=purpose,
        purposes=panels.PURPOSES,
        error=error,
        sent=request.form,
    )
