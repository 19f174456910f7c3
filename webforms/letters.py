"""The notices of a case for staff: how one went and why so, its copy to print, and recording that it was given."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, queries
from engine.commands.disclosures import disclose
from engine.errors import InvalidInput
from engine.models import ProcessInstance
from processes.complaint import codes, handing_over, notice_views
from processes.complaint.deliveries import Delivery
from webforms import fields
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.panels import PURPOSES
from webforms.store import db, site

pages = Blueprint("letters", __name__, url_prefix="/instances/<instance_id>/notices/<notice_id>")

Page = str | Response | tuple[str, int]


@pages.get("")
@who(staff)
def show(instance_id: str, notice_id: str) -> Page:
    """How one notice went: channels and why, attempts, proof. Its text is asked for apart."""
    return _page(_visible(instance_id), notice_id)


@pages.post("/copy")
@who(staff)
def copy(instance_id: str, notice_id: str) -> Page:
    """The kept copy as a letter to print, for this answer only: who saw it and what for is on record before."""
    case = _visible(instance_id)
    letter, purpose = notice_views.printed(db.session(), instance_id, notice_id), request.form.get("purpose", "")
    try:
        disclose(site(), case, [f"notice {notice_id}"], purpose, actor=current_actor(), now=clock.now())
    except InvalidInput as refused:
        return _page(case, notice_id, copy_error=fields.explained(refused)), 422
    return render_template("letters/printed.html", letter=letter, case=case, notice_id=notice_id)


@pages.post("/delivery")
@who(staff)
def deliver(instance_id: str, notice_id: str) -> Page:
    """Records that the notice was handed over."""
    case, form = _visible(instance_id), request.form
    notice_views.detail(db.session(), instance_id, notice_id, current_language())
    try:
        delivery = Delivery(
            method=form.get("method", ""),
            at=_moment(form.get("delivered_at", "")),
            reference=form.get("reference", "").strip()[:200],
            note=form.get("note", "").strip()[:2000],
            by=current_actor().username,
        )
        handing_over.record_delivery(site(), notice_id, delivery, actor=current_actor(), now=clock.now())
    except InvalidInput as refused:
        return _page(case, notice_id, delivery_error=fields.explained(refused)), refused.status
    flash(gettext("Recorded: the notice counts as handed over at that moment."), "success")
    return redirect(url_for(".show", instance_id=instance_id, notice_id=notice_id), 303)


def _visible(instance_id: str) -> ProcessInstance:
    return queries.visible_instance(db.session(), site(), instance_id, current_actor())


def _moment(text: str) -> datetime:
    """What a browser's field for date and time sends, in the business time zone. Raises InvalidInput."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=clock.zone())
    except ValueError:
        raise InvalidInput("Say when it was posted, handed over or dialled.") from None


def _page(case: ProcessInstance, notice_id: str, *, copy_error: str = "", delivery_error: str = "") -> str:
    language = current_language()
    return render_template(
        "letters/notice.html",
        case=case,
        detail=notice_views.detail(db.session(), case.id, notice_id, language),
        purposes=PURPOSES,
        methods={code: codes.label("handing_over", code, language) for code in codes.lists()["handing_over"]},
        copy_error=copy_error,
        delivery_error=delivery_error,
    )
