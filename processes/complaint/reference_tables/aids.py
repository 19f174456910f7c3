"""What helps at a step: standard answers by scene, and cards for hard moments. Their texts are our own wording."""

import string
from collections.abc import Iterator, Sequence

from engine.reference import Column, Flaw, Row, Table, Validity, dated
from processes.complaint.codes import BUSINESS
from processes.complaint.reference_tables.columns import Codes, Words, coded, codes_of, file, one_of

#: Longest text of an answer or a card, in characters.
LONGEST = 2_000

#: Names in braces that an answer may hold; `processes.complaint.aids` knows what they stand for.
PLACEHOLDERS = frozenset(
    {"number", "name", "received_on", "due_on", "reply_by", "business", "institution", "hotline", "me", "today"}
)

#: Steps beside which texts may be shown: ids of user tasks and what the diagrams call them.
STEPS: Words = {
    "precomplaint_soothe": ("安抚和化解", "Calm and solve"),
    "record_onsite": ("现场速录", "On-site record"),
    "register": ("登记与初审", "Register and triage"),
    "request_material": ("列出所需材料", "List the material needed"),
    "assess_material": ("评估材料", "Assess the material"),
    "confirm_merge": ("确认是否并案", "Confirm the merger"),
    "pass_on": ("转办或转出", "Convert or refer"),
    "pass_on_rest": ("转出其余部分", "Pass on the rest"),
    "propose_decline": ("拟不予办理", "Propose not to take it up"),
    "approve_decline": ("审批不予办理", "Approve not taking it up"),
    "quick_resolve": ("快速解决", "Quick settlement"),
    "first_contact": ("首次联系", "First contact"),
    "plan": ("调查计划", "Plan the investigation"),
    "answer_enquiry": ("答复协查", "Answer the enquiry"),
    "judge_enquiry": ("审看答复", "Look at the answer"),
    "partner_enquiry_prepare": ("核对发出的内容", "Look through what goes out"),
    "commission_appraisal": ("委托鉴定", "Commission the appraisal"),
    "site_check": ("现场核查", "Site check"),
    "findings": ("调查结论", "Findings"),
    "legal_review": ("法务意见", "Legal opinion"),
    "draft_solution": ("拟定方案", "Draft the solution"),
    "negotiate": ("协商", "Negotiate"),
    "hear_offer_reply": ("等待对方答复", "Hear the reply"),
    "hear_consent": ("等待对方意愿", "Hear whether the consumer agrees"),
    "apply_for_mediation": ("共同申请调解", "Apply for mediation"),
    "mediation_result": ("登记调解结果", "Record the result of the mediation"),
    "hear_comments": ("听取意见", "Hear the comments"),
    "approve": ("审批方案", "Approve the solution"),
    "issue_decision": ("出具处理决定", "Write the decision"),
    "reply_to_regulator": ("拟监管反馈", "Draft the reply to the regulator"),
    "approve_reply": ("审批监管反馈", "Approve the reply to the regulator"),
    "answer_query": ("答复监管询问", "Answer the regulator's question"),
    "execute_measure": ("执行措施", "Carry out the measure"),
    "follow_up_call": ("电话回访", "Follow-up call"),
    "close_check": ("结案检查", "Close check"),
    "learn": ("复盘", "Learn"),
    "accountability": ("责任认定", "Accountability"),
    "confirm_withdrawal": ("确认撤回", "Confirm the withdrawal"),
    "check_withdrawal": ("撤回后回访核实", "Check call after a withdrawal"),
    "deliver_notice": ("送达告知", "Deliver the notice"),
    "report_leak": ("登记疑似泄露", "Record the suspected leak"),
    "request_extension": ("是否申请延期", "Is an extension needed?"),
    "approve_extension": ("审批延期", "Approve the extension"),
    "explain_overdue": ("说明超期原因", "Explain the overrun"),
    "edit_progress": ("补充进展说明", "Add to the progress notice"),
    "record_suspension": ("登记鉴定或调解", "Record appraisal or mediation"),
    "end_suspension": ("登记鉴定或调解的结果", "Record the result of appraisal or mediation"),
    "review_intake": ("登记核查申请", "Check the application for a review"),
    "review_examine": ("核查程序、时限和结果", "Review process, time and result"),
    "review_approve": ("审批核查决定", "Approve the review decision"),
    "review_carry_out": ("落实变更后的决定", "Carry out the changed decision"),
}

#: Signs of a case that no list of codes holds.
OWN_SIGNS: Words = {"repeat": ("重复投诉", "Repeated complaint"), "joint": ("多人共同投诉", "Group complaint")}
#: Lists of codes that are signs of a case.
SIGN_LISTS = ("emotion", "special_group", "flag")

_VALIDITY = Validity()
_KEY = Column("key", "编号", "Key", required=True, longest=40)
_STEPS = coded("steps", "适用步骤（空为全部）", "Steps (empty: any)", one_of(*STEPS, words=STEPS), many=True)
_TITLES = (
    Column("title_zh", "中文标题", "Chinese title", required=True, longest=100),
    Column("title_en", "英文标题", "English title", required=True, longest=100),
)
_TEXTS = (
    Column("zh", "中文内容", "Chinese text", required=True, longest=LONGEST),
    Column("en", "英文内容", "English text", required=True, longest=LONGEST),
)


def placeholders(text: str) -> set[str]:
    """The names in braces in `text`. Raises ValueError where the braces do not fit together."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _fillable(rows: Sequence[Row]) -> Iterator[Flaw]:
    """Braces hold names that are known, the same in both languages."""
    known = ", ".join(sorted(PLACEHOLDERS))
    for number, row in enumerate(rows, 2):
        found = {}
        for column in ("zh", "en"):
            try:
                found[column] = placeholders(row[column])
            except ValueError:
                zh, en = "花括号不成对，请检查。", "The braces do not fit together."
                yield Flaw(number, column, zh, en)
                continue
            for name in sorted(found[column] - PLACEHOLDERS):
                zh = f"没有“{{{name}}}”；可用：{known}。"
                yield Flaw(number, column, zh, f"There is no “{{{name}}}”; possible are {known}.")
        if len(found) == 2 and found["zh"] != found["en"]:
            zh = "中英文使用的占位符不一致，请补齐。"
            yield Flaw(number, "en", zh, "The two languages do not use the same names in braces.")


STANDARD_ANSWERS = Table(
    name="standard_answers",
    zh="标准答复",
    en="Standard answers",
    columns=(
        _KEY,
        coded("scene", "场景", "Scene", codes_of("answer_scene"), required=True),
        _STEPS,
        coded("categories", "业务类别（空为全部）", "Business (empty: any)", codes_of(*BUSINESS), many=True),
        *_TITLES,
        *_TEXTS,
        *dated(),
    ),
    key=("key",),
    shipped=file("standard_answers"),
    validity=_VALIDITY,
    overlays=True,
    checks=(_fillable,),
)

TECHNIQUE_CARDS = Table(
    name="technique_cards",
    zh="沟通技巧卡",
    en="Technique cards",
    columns=(
        _KEY,
        _STEPS,
        coded(
            "signs",
            "适用情形（空为通用）",
            "Signs of the case (empty: general)",
            Codes(SIGN_LISTS, tuple(OWN_SIGNS), OWN_SIGNS),
            many=True,
        ),
        *_TITLES,
        *_TEXTS,
        *dated(),
    ),
    key=("key",),
    shipped=file("technique_cards"),
    validity=_VALIDITY,
    overlays=True,
)
