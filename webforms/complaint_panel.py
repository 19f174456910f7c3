"""What the complaint application shows beside a task and on the page of a case."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from engine import clock
from processes.complaint import masking, views
from processes.complaint.links.views import neighbours
from processes.complaint.matters import views as matters
from processes.complaint.matters.record import NAME as MATTER
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.personal import personal
from processes.complaint.register import NAME
from processes.complaint.tables import Complaint
from webforms.guards import current_actor
from webforms.panels import PURPOSES, Full, Panel
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


def _full(session: Session, instance_id: str, language: str) -> Full:
    """Who complains, how to reach them, and their own words. Raises NotFound, Erased."""
    found = personal(session, instance_id, language)
    return Full("panels/complaint_full.html", {"personal": found, "labels": LABELS}, found.fields)


def _mask(path: str, text: str) -> str:
    if path.startswith(f"{MATTER}."):
        return MATTER_MASKS.get(path, masking.scrub)(text)
    return masking.masked(path.removeprefix(f"{NAME}."), text)


complaint_panel = Panel(_shown, _full, _mask)
