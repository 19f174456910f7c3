"""Complaint handling (投诉处理): what the engine is told of it. Everything else in this folder is reached from here."""

from pathlib import Path

from engine import reference
from engine.applications import Application, Group
from processes.complaint import codes
from processes.complaint.access_rules import refuse_accused
from processes.complaint.numbers import next_number
from processes.complaint.reference_tables import ALL, authority_limit
from processes.complaint.register import REGISTER
from processes.complaint.topics import notice, rehearse_notice
from processes.complaint.workdays import business_days_after, business_hours_after

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
        Group("approver_t1", "组长", "Team leads"),
        Group("approver_t2", "网点/支公司负责人", "Outlet heads"),
        Group("approver_t3", "分行/分公司分管领导", "Branch executives"),
        Group("approver_t4", "总部消保部负责人", "Heads of consumer protection"),
        Group("approver_t5", "总部高管", "Senior executives at head office"),
        Group("legal", "法务合规", "Legal and compliance"),
        Group("followup", "回访岗", "Follow-up officers"),
        Group("qa", "质检归档岗", "Quality and archive"),
        Group("cp_manager", "消保经理", "Consumer-protection managers"),
        Group("liaison", "监管联络岗", "Regulator liaison"),
        Group("reviewer", "核查人", "Reviewers at the superior unit"),
    ),
    topics={"notice": notice},
    functions={
        "codes": codes.codes,
        "code_label": codes.code_label,
        "authority_limit": authority_limit,
        "business_days_after": business_days_after,
        "business_hours_after": business_hours_after,
    },
    record=REGISTER,
    rehearsals={"notice": rehearse_notice},
    access_rules=(refuse_accused,),
    number=next_number,
    tables=reference.declare(*ALL),
)
