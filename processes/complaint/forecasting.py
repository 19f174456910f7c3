"""What forecasts of complaints go by: our working days, the table of step times, and the period for the decision.

The targets of the table count only until a step was measured often enough (`engine.paces`).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select

from engine.errors import RedressError
from engine.forecast import Forecasting
from processes.complaint.clocks import DECISION
from processes.complaint.step_times import step_due
from processes.complaint.tables import Complaint, ComplaintClock
from processes.complaint.tenant import home
from processes.complaint.workdays import calendar_of

#: The way to the decision: at each stage the step of the table that always happens, and the elements that belong there.
WAY: tuple[tuple[str, frozenset[str]], ...] = (
    ("register", frozenset({"record_onsite", "register", "request_material", "confirm_merge", "assess_material"})),
    ("assign", frozenset({"assign", "quick_resolve"})),
    ("accept_assignment", frozenset({"accept_assignment"})),
    ("first_contact", frozenset({"first_contact", "reassign"})),
    (
        "findings",
        frozenset({"plan", "answer_enquiry", "judge_enquiry", "site_check", "expert_panel", "findings"})
        | {"commission_appraisal", "appraisal_result", "legal_review"},
    ),
    (
        "draft_solution",
        frozenset({"draft_solution", "negotiate", "hear_offer_reply", "hear_consent", "apply_for_mediation"})
        | {"mediation_result"},
    ),
    ("approve", frozenset({"approve", "hear_comments"})),
    ("issue_decision", frozenset({"issue_decision"})),
)

#: Elements whose time stands in the table under another name.
STEP_OF: Mapping[str, str] = {
    "record_onsite": "quick_resolve",
    "plan": "draft_solution",
    "answer_enquiry": "enquiry",
    "judge_enquiry": "assess_material",
    "propose_decline": "pass_on",
    "pass_on_rest": "pass_on",
}


def target(element_id: str, at: datetime) -> timedelta | None:
    """The business time that the table gives a step that begins `at`; None where it has none."""
    try:
        due_at = step_due(STEP_OF.get(element_id, element_id), None, at)
    except RedressError:
        return None
    return calendar_of(home()).business_time_between(at, due_at)


def target_rest(element_id: str, at: datetime) -> timedelta | None:
    """The targets of all stages behind the step up to the decision; None for what does not lead there."""
    stage = next((number for number, (_, elements) in enumerate(WAY) if element_id in elements), None)
    if stage is None:
        return None
    return sum((target(step, at) or timedelta() for step, _ in WAY[stage + 1 :]), timedelta())


FORECASTING = Forecasting(
    calendar=lambda: calendar_of(home()),
    target=target,
    target_rest=target_rest,
    due=Complaint.due_at,
    met=select(ComplaintClock.instance_id, func.min(ComplaintClock.met_at))
    .where(ComplaintClock.purpose == DECISION, ComplaintClock.met_at.is_not(None))
    .group_by(ComplaintClock.instance_id),
)
