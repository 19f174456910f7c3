"""What the forms take, calculate, warn of and show."""

from decimal import Decimal

import pytest

from processes.complaint.register import REGISTER
from tests.processes.complaint.filing import local
from tests.processes.complaint.filling import calculated, refusals, rows, shown

ATTEMPT = {"at": "2026-03-10T15:00", "method": "phone", "reached": "no_answer"}
OFFER = {"on": "2026-03-11", "by": "us", "offer": "退还费用", "reply": "open"}
MEASURE = {"type": "M.REFUND", "group": "dept_credit", "due_on": "2026-03-20"}
MARKS = ("registration", "classification", "timeliness", "contact", "investigation")
MARKS += ("evidence", "solution", "notice", "privacy", "record")


def test_three_tries_by_two_means_on_two_days_make_somebody_unreachable():
    tries = [ATTEMPT, ATTEMPT | {"method": "message"}, ATTEMPT | {"at": "2026-03-11T09:00"}]
    fields = rows("complaint.contact_attempts", *tries) | {"contact_result": "no_answer"}

    assert "contact_result" not in refusals("first_contact", fields)
    assert "contact_result" in refusals("first_contact", fields | {"complaint.contact_attempts-1-method": "phone"})


@pytest.mark.parametrize(
    ("name", "fields", "values", "variables", "field"),
    [
        ("propose_decline", {"decline_proposal": "take_up"}, {}, {}, None),
        ("propose_decline", {"complaint.reason_code": "DEC-NOT-ENTITLED"}, {}, {}, "complaint.reason_code"),
        ("request_material", {"complaint.material.reply_by": "2026-03-19"}, {}, {}, "complaint.material.reply_by"),
        ("negotiation", rows("complaint.offers", OFFER | {"amount": "200"}), {}, {}, "complaint.offers-0-amount"),
        ("negotiation", rows("complaint.offers", OFFER | {"amount": "360"}), {"minimum_owed": 360}, {},
         "complaint.offers-0-amount"),
        ("negotiation", rows("complaint.offers", OFFER | {"amount": "9999", "by": "complainant"}), {}, {},
         "complaint.offers-0-amount"),
        ("approval", {"approval": "amend", "amended_amount": "500"}, {}, {"approver": "t1"}, "amended_amount"),
        ("approval", {"approval": "amend", "amended_amount": "900000"}, {}, {"approver": "t5"}, "amended_amount"),
        ("suspension", {"suspension_reason": "EXTERNAL_APPRAISAL", "complaint.pause.appraisal.from_on": "2026-03-10"},
         {}, {}, "complaint.pause.appraisal.told_on"),
        ("level_change", {"level_wanted": "NORMAL"}, {"level": "COMPLEX"}, {}, "level_wanted"),
        ("enquiry", {"complaint.staff_statements-0-text": ""}, {}, {"department": "dept_it"},
         "complaint.staff_statements-0-text"),
        ("quick_resolve", rows("complaint.measures", MEASURE | {"amount": "200"}) | {"quick_result": "settled"}, {}, {},
         "complaint.measures"),
    ],
)  # fmt: skip
def test_what_the_rules_allow_is_taken(name, fields, values, variables, field):
    refused = refusals(name, fields, values, variables)

    assert field not in refused
    assert field is not None or refused == {}


def test_late_in_the_period_material_can_still_be_asked_for_within_three_days():
    field, late = "complaint.material.reply_by", local("2026-03-23")

    assert field not in refusals("request_material", {field: "2026-03-26"}, at=late)
    assert field in refusals("request_material", {field: "2026-03-27"}, at=late)


def test_the_amount_proposed_is_the_sum_of_the_measures():
    fields = rows("complaint.measures", MEASURE | {"amount": "100.50"}, MEASURE, MEASURE | {"amount": "20"})

    assert calculated("solution", fields, "complaint.amount_proposed") == Decimal("120.50")
    assert calculated("solution", rows("complaint.measures"), "complaint.amount_proposed") == 0


@pytest.mark.parametrize(("answers", "full"), [(("reject", "reject"), True), (("reject", "part"), False), ((), False)])
def test_a_full_rejection_is_seen_in_the_answers(answers, full):
    answered = [{"demand": "D.REFUND", "answer": answer, "reason": "依据合同"} for answer in answers]

    assert calculated("solution", rows("complaint.demand_answers", *answered), "complaint.full_rejection") is full


def test_the_accused_are_known_by_number_and_whether_one_is_the_head():
    staff = [{"staff_no": "wang", "name": "王某"}, {"name": "不知名"}, {"staff_no": "li", "is_head": "true"}]
    fields = rows("complaint.accused", *staff)

    assert calculated("register", fields, "complaint.accused_staff") == ["wang", "li"]
    assert calculated("register", fields, "complaint.accused_head") is True


def test_the_material_asked_for_reads_as_one_text():
    wanted = [{"what": "合同", "why": "核对条款"}, {"what": "短信截图", "why": "核对提示"}]
    fields = rows("complaint.material.requests", *wanted)

    assert calculated("request_material", fields, "complaint.material.items") == "合同 (核对条款); 短信截图 (核对提示)"


def test_the_marks_of_the_quality_sheet_make_the_score():
    fields = {f"complaint.qa.{mark}": "8" for mark in MARKS} | {"qa_result": "pass"}

    assert calculated("qa_review", fields, "complaint.qa.score") == 80
    assert calculated("qa_review", fields, "complaint.qa.passed") is True
    assert refusals("qa_review", fields) == {}
    assert "qa_result" in refusals("qa_review", fields | {"complaint.qa.privacy": "7"})
    assert "qa_result" in refusals("qa_review", fields | {"complaint.qa.critical_error": "privacy"})


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ({"complaint.person.id_type": "resident_id", "complaint.person.id_no": "110105194912310021"}, "身份证号码"),
        ({"complaint.person.mobile": "12345"}, "手机号码"),
        ({"complaint.person.email": "zhang"}, "电子邮箱"),
        ({"complaint.capacity": "organisation", "complaint.person.uscc": "91350100M000100Y44"}, "信用代码"),
        ({"complaint.person.account_ref": "4111 1111 1111 1111"}, "完整卡号"),
    ],
)
def test_staff_are_warned_of_a_doubtful_number_and_not_stopped(fields, warning):
    assert warning in shown("register", fields)
    assert warning not in shown("register", {})
    assert not set(refusals("register", fields)) & set(fields)


def test_findings_tell_why_a_side_was_not_heard_or_a_step_was_skipped():
    asked = {"complaint.texts.not_heard", "complaint.texts.steps_skipped"}
    done = {"complaint.investigation_steps": ["information", "contact"], "findings_result": "complete"}

    assert asked <= set(refusals("findings", done))
    assert not asked & set(refusals("findings", {**done, "findings_result": "more"}))


def test_the_five_dimensions_are_asked_for_where_a_case_is_not_simple():
    asked = {
        f"complaint.texts.fivedim_{side}" for side in ("complainant", "content", "process", "external", "internal")
    }
    complete = {"findings_result": "complete"}

    assert asked <= set(refusals("findings", complete, {"level": "MAJOR"}))
    assert not asked & set(refusals("findings", complete, {"level": "NORMAL"}))


def test_the_script_of_the_scene_is_shown_in_the_readers_language():
    fields = {"complaint.onsite.scene": "counter_quarrel"}

    assert "我是这里的负责人" in shown("onsite", fields)
    assert "I am in charge here" in shown("onsite", fields, language="en")


def test_who_calls_back_sees_what_to_say():
    assert "我会在约定的时间内给您回电" in shown("follow_up", {})
    assert "Say: " in shown("follow_up", {}, language="en")


def test_offers_are_suggested_step_by_step_and_never_below_what_is_owed():
    case = {"amount_proposed": 1000, "nature": "goodwill", "minimum_owed": 900}

    assert "950、1000" in shown("negotiation", {}, case).replace(".00", "")
    assert "报价参考" not in shown("negotiation", {}, case | {"nature": "legal_liability"})


def test_departments_answer_side_by_side_and_nothing_is_overwritten():
    record = REGISTER.blank({})
    record.set("enquiry_answers", [{"text": "系统记录正常", "department": "dept_it"}, {"text": None}])
    record.set("staff_statements", [{"text": None, "department": "dept_it"}])
    assert record.get("accused_heard") is False

    record.set("enquiry_answers", [{"text": "柜员已提示", "department": "dept_branch"}])
    record.set("staff_statements", [{"text": "当时已口头说明", "department": "dept_branch"}])

    assert record.get("enquiry_answers") == []
    assert [row["text"] for row in record.get("enquiries")] == ["系统记录正常", "柜员已提示", "当时已口头说明"]
    assert record.get("accused_heard") is True
