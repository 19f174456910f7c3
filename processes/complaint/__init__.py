"""Complaint handling (投诉处理): what the engine is told of it. Everything else in this folder is reached from here."""

from pathlib import Path

from engine import reference
from engine.applications import Application
from engine.organisation import functions
from processes.complaint import checks, codes
from processes.complaint.access_rules import RULES
from processes.complaint.alerts import GIVEN, TOPIC, asides, tell_staff
from processes.complaint.authority import authority_limit
from processes.complaint.case_fields import CASE_FIELDS
from processes.complaint.deadlines import regime_label
from processes.complaint.declining import lawful_declines, may_decline
from processes.complaint.digests import send_access_reviews, send_digests
from processes.complaint.forecasting import FORECASTING
from processes.complaint.groups import GROUPS
from processes.complaint.intake.kept_forms import forget_expired
from processes.complaint.links.points import duplicate_points
from processes.complaint.matters import NUMBERS, RECORDS
from processes.complaint.matters.access import refuse_first_decision
from processes.complaint.matters.effects import convert_sign, count_effect, rehearse_conversion, rehearse_effect
from processes.complaint.matters.enquiries import invite_partner, rehearse_invitation, score_partner
from processes.complaint.matters.letters import matter_notice, rehearse_matter_notice
from processes.complaint.matters.scripts import script
from processes.complaint.matters.warnings import raise_warnings, warning_figures
from processes.complaint.numbers import next_number
from processes.complaint.recounting import recount_when_days_change, tell_of_missing_year
from processes.complaint.reference_tables import ALL
from processes.complaint.register import REGISTER
from processes.complaint.sampling import in_sample
from processes.complaint.searching import found_by
from processes.complaint.step_times import step_due
from processes.complaint.table_rules import keep_tables_sound
from processes.complaint.topics import notice, rehearse_notice
from processes.complaint.units import organisation, units_of
from processes.complaint.workdays import business_days_after, business_hours_after

application = Application(
    key="complaint",
    name_zh="投诉处理",
    name_en="Complaint handling",
    folder=Path(__file__).parent,
    groups=GROUPS,
    topics={
        "notice": notice,
        "matter_notice": matter_notice,
        TOPIC: tell_staff,
        "warning_figures": warning_figures,
        "raise_warnings": raise_warnings,
        "invite_partner": invite_partner,
        "score_partner": score_partner,
        "count_effect": count_effect,
        "convert_sign": convert_sign,
    },
    functions={
        "codes": codes.codes,
        "code_label": codes.code_label,
        "authority_limit": authority_limit,
        "business_days_after": business_days_after,
        "duplicate_points": duplicate_points,
        "business_hours_after": business_hours_after,
        "step_due": step_due,
        "script": script,
        "may_decline": may_decline,
        "lawful_declines": lawful_declines,
        "regime_label": regime_label,
        "in_sample": in_sample,
        "valid_id": checks.valid_id,
        "valid_uscc": checks.valid_uscc,
        "valid_mobile": checks.valid_mobile,
        "valid_email": checks.valid_email,
        "looks_like_card_number": checks.looks_like_card_number,
        **functions(organisation),
    },
    fields=CASE_FIELDS,
    found_by=found_by,
    forecasting=FORECASTING,
    record=REGISTER,
    records=RECORDS,
    rehearsals={
        "notice": rehearse_notice,
        "matter_notice": rehearse_matter_notice,
        "invite_partner": rehearse_invitation,
        "count_effect": rehearse_effect,
        "convert_sign": rehearse_conversion,
    },
    organisation=organisation,
    units_of=units_of,
    access_rules=(*RULES, refuse_first_decision),
    asides=asides,
    mails=GIVEN,
    chores=(recount_when_days_change, tell_of_missing_year, send_digests, send_access_reviews, forget_expired),
    model_rules=(keep_tables_sound,),
    number=next_number,
    tables=reference.declare(*ALL),
    numbers=NUMBERS,
)
