"""Complaint handling (投诉处理): what the engine is told of it. Everything else in this folder is reached from here."""

from pathlib import Path

from engine import reference
from engine.applications import Application, Group
from engine.organisation import functions
from processes.complaint import checks, codes
from processes.complaint.access_rules import RULES
from processes.complaint.alerts import TOPIC, asides, tell_staff
from processes.complaint.authority import authority_limit
from processes.complaint.case_fields import CASE_FIELDS
from processes.complaint.deadlines import regime_label
from processes.complaint.declining import lawful_declines, may_decline
from processes.complaint.digests import send_access_reviews, send_digests
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
from processes.complaint.step_times import step_due
from processes.complaint.table_rules import keep_tables_sound
from processes.complaint.topics import notice, rehearse_notice
from processes.complaint.units import organisation, units_of
from processes.complaint.workdays import business_days_after, business_hours_after

#: Those who do the work that team leads and consumer-protection managers give out.
HANDLERS = (
    *("handler", "handler_credit", "handler_ebank", "handler_wealth", "handler_insurance"),
    *("handler_branch", "handler_security"),
)
DEPARTMENTS = ("dept", "dept_credit", "dept_it", "dept_branch", "dept_partner", "dept_audit", "dept_office")
OFFICERS = ("intake", "followup", "qa")
TIERS = ("approver_t1", "approver_t2", "approver_t3", "approver_t4")

application = Application(
    key="complaint",
    name_zh="投诉处理",
    name_en="Complaint handling",
    folder=Path(__file__).parent,
    groups=(
        Group("intake", "受理岗", "Intake officers"),
        Group("handler", "主办人", "Case handlers"),
        Group("handler_credit", "信用卡与信贷主办人", "Case handlers, cards and credit"),
        Group("handler_ebank", "电子银行主办人", "Case handlers, e-banking"),
        Group("handler_wealth", "财富管理主办人", "Case handlers, wealth"),
        Group("handler_insurance", "保险主办人", "Case handlers, insurance"),
        Group("handler_branch", "分行主办人", "Case handlers, branches"),
        Group("handler_security", "风险与信息安全主办人", "Case handlers, fraud and data protection"),
        Group("dept", "协办部门", "Department investigators"),
        Group("dept_credit", "信贷部门", "Credit department"),
        Group("dept_it", "信息科技部门", "IT department"),
        Group("dept_branch", "涉事网点", "Branch concerned"),
        Group("dept_partner", "合作机构管理岗", "Partner management"),
        Group("dept_audit", "审计纪检部门", "Audit department"),
        Group("dept_office", "办公室", "General office"),
        Group("approver_t1", "组长", "Team leads", leads=(*HANDLERS, *OFFICERS)),
        Group(
            "approver_t2", "网点/支公司负责人", "Outlet heads", leads=("approver_t1", "dept_branch"), above=TIERS[:1]
        ),
        Group("approver_t3", "分行/分公司分管领导", "Branch executives", leads=("approver_t2",), above=TIERS[:2]),
        Group(
            *("approver_t4", "总部消保部负责人", "Heads of consumer protection"),
            leads=("approver_t3", "cp_manager", "reviewer", "legal", "liaison"),
            above=TIERS[:3],
        ),
        Group("approver_t5", "总部高管", "Senior executives at head office", leads=("approver_t4",), above=TIERS),
        Group("legal", "法务合规", "Legal and compliance"),
        Group("followup", "回访岗", "Follow-up officers"),
        Group("qa", "质检归档岗", "Quality and archive"),
        Group(
            *("cp_manager", "消保经理", "Consumer-protection managers"),
            leads=(*HANDLERS, *OFFICERS, *DEPARTMENTS, "liaison"),
        ),
        Group("liaison", "监管联络岗", "Regulator liaison"),
        Group("reviewer", "核查人", "Reviewers at the superior unit"),
        Group("data_protection", "个人信息保护岗", "Data protection officers"),
    ),
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
    chores=(recount_when_days_change, tell_of_missing_year, send_digests, send_access_reviews),
    model_rules=(keep_tables_sound,),
    number=next_number,
    tables=reference.declare(*ALL),
    numbers=NUMBERS,
)
