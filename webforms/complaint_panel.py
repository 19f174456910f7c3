"""What the complaint application shows beside a task and on the page of a case."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from engine import clock
from engine.queries.labels import names_of_users
from processes.complaint import masking, views
from processes.complaint.case_views import Sent, glance, remedy, sent
from processes.complaint.links.views import neighbours
from processes.complaint.matters import views as matters
from processes.complaint.matters.record import NAME as MATTER
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.personal import personal
from processes.complaint.register import NAME, REGISTER
from processes.complaint.tables import Complaint
from webforms.case.lines import Line
from webforms.complaint_lines import FIELDS, told
from webforms.guards import current_actor
from webforms.panels import PURPOSES, ActGroup, CasePart, Full, Panel, Tab
from webforms.store import site

#: Personal paths of the record → what they are called.
LABELS = {
    "person.full_name": lazy_gettext("Full name"),
    "person.id_type": lazy_gettext("Kind of ID"),
    "person.id_no": lazy_gettext("ID number"),
    "person.uscc": lazy_gettext("Unified social credit code"),
    "person.mobile": lazy_gettext("Mobile"),
    "person.email": lazy_gettext("E-mail"),
    "person.postal_address": lazy_gettext("Postal address"),
    "person.preferred_time": lazy_gettext("Best time to call"),
    "person.customer_ref": lazy_gettext("Customer number"),
    "person.account_ref": lazy_gettext("Account"),
    "person.agent_name": lazy_gettext("Agent"),
    "person.agent_contact": lazy_gettext("Agent's contact"),
    "person.agent_id_no": lazy_gettext("Agent's ID number"),
    "person.representatives": lazy_gettext("Representatives"),
    "person.staff_named": lazy_gettext("Staff named"),
    "narrative": lazy_gettext("Narrative"),
    "demand_text": lazy_gettext("Demands in the consumer's words"),
    "messages": lazy_gettext("Messages"),
}

#: Personal paths of companion cases → their masks; other texts lose their numbers.
MATTER_MASKS = {"matter.sign.person_name": masking.name, "matter.sign.person_mobile": masking.mobile}


def _shown(session: Session, instance_id: str, language: str) -> tuple[str, Mapping[str, Any]]:
    """The essence of a complaint, personal values masked, or of a companion case. Raises NotFound."""
    now = clock.now()
    if session.get(Complaint, instance_id) is None:
        if session.get(ComplaintMatter, instance_id) is None:
            return "panels/nothing.html", {}
        return "panels/matter.html", {"sheet": matters.sheet(session, instance_id, language, now)}
    return "panels/complaint.html", {
        "essence": views.essence(session, instance_id, language),
        "around": neighbours(session, site(), instance_id, current_actor(), language),
        "matters": matters.of_complaint(session, instance_id, language, now),
        "labels": LABELS,
        "purposes": PURPOSES,
    }


def _part(session: Session, instance_id: str, language: str) -> CasePart | None:
    """Head and side of a complaint's pages, its notices and messages; of a companion case what stands beside it."""
    record = REGISTER.find(session, instance_id)
    if record is None:
        template, context = _shown(session, instance_id, language)
        return CasePart(side=(template, context)) if context else None
    found = glance(record, language)
    names = names_of_users(session, [found.handler] if found.handler else [])
    owner = names.get(found.handler, found.handler)
    context = {"glance": found, "owner": owner, "labels": LABELS, "purposes": PURPOSES}
    return CasePart(
        head=("panels/complaint_head.html", context),
        side=("panels/complaint_side.html", context),
        lines=lambda: [_line(each, instance_id) for each in sent(session, record, language)],
        tabs=TABS,
    )


def _line(each: Sent, instance_id: str) -> Line:
    """A notice or a message in the timeline."""
    if each.kind == "message":
        title = gettext("Message: %(kind)s", kind=each.name)
        return Line(f"m-{each.id}", "message", each.at, title, each.author, each.author, text=each.text)
    states = {"prepared": gettext("is being sent"), "waiting": gettext("waits for a person")}
    receiver = {"consumer": gettext("to the consumer"), "owner": gettext("to the handler")}.get(
        each.receiver, gettext("to %(receiver)s", receiver=each.receiver)
    )
    if each.receiver == "regulator":
        receiver = gettext("to the regulator")
    return Line(
        key=f"n-{each.id}",
        kind="notice",
        at=each.at,
        title=gettext("Notice “%(name)s” was sent", name=each.name) if each.sent_at else each.name,
        who=each.author,
        notes=tuple(filter(None, (receiver, each.channel, states.get(each.state, "")))),
        tone="now" if each.state == "waiting" else "",
        link=(
            url_for("letters.show", instance_id=instance_id, notice_id=each.id),
            gettext("How it went, and its copy"),
        ),
    )


def _related(session: Session, instance_id: str, language: str) -> tuple[str, Mapping[str, Any]]:
    """Complaints and cases around one."""
    return "panels/complaint_related.html", {
        "around": neighbours(session, site(), instance_id, current_actor(), language),
        "matters": matters.of_complaint(session, instance_id, language, clock.now()),
    }


def _remedies(session: Session, instance_id: str, language: str) -> tuple[str, Mapping[str, Any]]:
    """What was offered and done to put it right."""
    return "panels/complaint_remedy.html", {
        "remedy": remedy(REGISTER.open(session, instance_id), language),
        "fields": FIELDS,
    }


def _full(session: Session, instance_id: str, language: str) -> Full:
    """Who complains, how to reach them, and their own words. Raises NotFound, Erased."""
    found = personal(session, instance_id, language)
    return Full("panels/complaint_full.html", {"personal": found, "labels": LABELS}, found.fields)


def _mask(path: str, text: str) -> str:
    if path.startswith(f"{MATTER}."):
        return MATTER_MASKS.get(path, masking.scrub)(text)
    return masking.masked(path.removeprefix(f"{NAME}."), text)


#: Pages of a complaint beside those of every case.
TABS = {
    "related": Tab(lazy_gettext("Related cases"), _related),
    "remedy": Tab(lazy_gettext("Remedy"), _remedies),
}

#: What staff tell a case, in groups; see the events with `sent_by` in complaint.bpmn.
ACTS = (
    ActGroup(lazy_gettext("Time limits"), ("extension", "suspension", "agreed_date")),
    ActGroup(lazy_gettext("Who handles it"), ("transfer", "takeover", "level_change")),
    ActGroup(lazy_gettext("From the consumer"), ("requested_material", "material", "withdraw")),
    ActGroup(lazy_gettext("From outside"), ("regulator_transfer", "regulator_query", "litigation")),
    ActGroup(lazy_gettext("Something went wrong"), ("leak", "void")),
)

complaint_panel = Panel(
    shown=_shown,
    full=_full,
    mask=_mask,
    part=_part,
    tell=told,
    scrub=masking.scrub,
    likely=("extension", "transfer"),
    acts=ACTS,
)
