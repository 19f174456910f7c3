"""The groups of people who work on complaints, who leads whom, and who stands above whom."""

from engine.applications import Group

#: Those who do the work that team leads and consumer-protection managers give out.
HANDLERS = (
    *("handler", "handler_credit", "handler_ebank", "handler_wealth", "handler_insurance"),
    *("handler_branch", "handler_security"),
)
DEPARTMENTS = ("dept", "dept_credit", "dept_it", "dept_branch", "dept_partner", "dept_audit", "dept_office")
OFFICERS = ("intake", "followup", "qa")
TIERS = ("approver_t1", "approver_t2", "approver_t3", "approver_t4")

GROUPS = (
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
    Group("approver_t2", "网点/支公司负责人", "Outlet heads", leads=("approver_t1", "dept_branch"), above=TIERS[:1]),
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
)
