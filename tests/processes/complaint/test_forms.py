"""The forms: each can be read and shown in both languages, and what the rules forbid is refused with its source."""

import re

import pytest

from engine import clock
from engine.forms.view import TableNode
from processes.complaint import application
from tests.processes.complaint.filing import local
from tests.processes.complaint.filling import NAMES, form, reading, refusals, rows

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_shows_on_an_empty_record_in_both_languages(name, language):
    with clock.at(local("2026-03-11")):
        view = form(name).view(reading({}), {}, language, application.functions)

    assert view.nodes


SAID = [
    {"kind": kind, "department": "dept_it", "text": f"text of {kind}"}
    for kind in ("enquiry_answers", "staff_statements", "measures_suggested")
]


@pytest.mark.parametrize("name", ["expert_panel", "findings", "judge_enquiry", "legal_opinion"])
def test_what_departments_said_is_read_where_it_is_judged(name):
    context = reading({})
    context["complaint"]["enquiries"] = SAID
    with clock.at(local("2026-03-11")):
        view = form(name).view(context, {}, "en", application.functions)

    tables = [node.rows for node in view.nodes if isinstance(node, TableNode)]
    assert tables == [(("IT department", each["text"]),) for each in SAID]


ATTEMPT = {"at": "2026-03-10T15:00", "method": "phone", "reached": "no_answer"}
OFFER = {"on": "2026-03-11", "by": "us", "offer": "退还费用", "reply": "open"}
MEASURE = {"type": "M.REFUND", "group": "dept_credit", "due_on": "2026-03-20"}
FRIEND = {"capacity": "third_party", "authority_proof": "asked"}

#: form, fields, record, variables, refused field, what its message names in Chinese and in English
REFUSED = [
    ("propose_decline", {"decline_proposal": "decline", "complaint.reason_code": "DEC-ABUSIVE"}, FRIEND, {},
     "complaint.reason_code", "《办法》第十八条", "order No. 3, Art. 18"),
    ("approve_decline", {"decline_decision": "approve"}, {"reason_code": "DEC-ABUSIVE"}, {},
     "decline_decision", "D1", "D1"),
    ("request_material", rows("complaint.material.requests", {"what": "合同", "why": "核对", "can_obtain": "true"}), {},
     {}, "complaint.material.requests-0-can_obtain", "第十三条", "Art. 13"),
    ("request_material", {"complaint.material.reply_by": "2026-03-12"}, {}, {},
     "complaint.material.reply_by", "F-2", "F-2"),
    ("request_material", {"complaint.material.reply_by": "2026-03-20"}, {}, {},
     "complaint.material.reply_by", "到期日前 5 天", "five days before the due date"),
    ("request_material", {"complaint.material.help": ""}, {"special_needs": ["elderly"]}, {},
     "complaint.material.help", "F-2", "F-2"),
    ("register", rows("complaint.person.representatives", *[{"name": f"代表{n}"} for n in range(6)])
     | {"complaint.joint_persons": "20"}, {}, {}, "complaint.person.representatives", "第十二条", "Art. 12"),
    ("register", {"complaint.regulator.authority": "12345", "complaint.regulator.reply_due_at": "",
                  "complaint.channel": "CH.REG.12345"}, {}, {}, "complaint.regulator.reply_due_at", "D3", "D3"),
    ("quick_resolve", rows("complaint.measures", MEASURE | {"amount": "200.01"}) | {"quick_result": "settled"}, {}, {},
     "complaint.measures", "D2c", "authority limits, fast"),
    ("quick_resolve", {"quick_result": "settled"}, {}, {}, "complaint.quick_agreed", "F-3", "F-3"),
    ("accept_assignment", {"assignment_reply": "accept"}, {}, {}, "no_conflict", "第十七条", "Art. 17"),
    ("accept_transfer", {"transfer_reply": "accept"}, {}, {}, "no_conflict", "第十七条", "Art. 17"),
    ("first_contact", rows("complaint.contact_attempts", ATTEMPT, ATTEMPT, ATTEMPT) | {"contact_result": "no_answer"},
     {}, {}, "contact_result", "F-5", "F-5"),
    ("first_contact", rows("complaint.contact_attempts", ATTEMPT | {"at": "2026-03-09T15:00"}), {}, {},
     "complaint.contact_attempts-0-at", "F-5", "F-5"),
    ("enquiry", rows("complaint.enquiry_answers", {"text": "系统记录显示已提示"}),
     {"questions": [{"question": "何时提示"}, {"question": "怎样提示"}]}, {"department": "dept_it"},
     "complaint.enquiry_answers", "F-6", "F-6"),
    ("enquiry", {"complaint.staff_statements-0-text": ""}, {}, {"department": "dept_branch"},
     "complaint.staff_statements-0-text", "R-024", "R-024"),
    ("plan", {"complaint.co_units": ["dept_it"], "complaint.enquiry_due_on": "2026-03-20"}, {}, {},
     "complaint.enquiry_due_on", "F4", "F4"),
    ("suspension", {"suspension_reason": "EXTERNAL_APPRAISAL", "complaint.pause.appraisal.from_on": "2026-03-09",
                    "complaint.pause.appraisal.told_on": "2026-03-11"}, {}, {},
     "complaint.pause.appraisal.told_on", "第十八条第二款", "Art. 18 para. 2"),
    ("suspension", {"suspension_reason": "MEDIATION"}, {}, {}, "joint_application", "第二十三条", "Art. 23"),
    ("level_change", {"level_wanted": "MAJOR"}, {"level": "COMPLEX"}, {}, "level_wanted", "D2a", "D2a"),
    ("solution", rows("complaint.measures", MEASURE | {"amount": "99"}), {"minimum_owed": 100}, {},
     "complaint.measures", "R-041", "R-041"),
    ("solution", rows("complaint.demand_answers", {"demand": "D.REFUND", "answer": "accept", "reason": "应退"}),
     {"demands": ["D.REFUND", "D.APOLOGY"]}, {}, "complaint.demand_answers", "F-8", "F-8"),
    ("negotiation", rows("complaint.offers", OFFER | {"amount": "99"}), {"minimum_owed": 100}, {},
     "complaint.offers-0-amount", "R-041", "R-041"),
    ("negotiation", rows("complaint.offers", OFFER | {"amount": "200.01"}), {}, {},
     "complaint.offers-0-amount", "审批限额表", "authority limits"),
    ("approval", {"approval": "amend", "amended_amount": "500.01"}, {}, {"approver": "t1"},
     "amended_amount", "审批限额表", "authority limits, D5"),
    ("approval", {"approval": "amend", "amended_amount": "50"}, {"minimum_owed": 100}, {"approver": "t1"},
     "amended_amount", "R-041", "R-041"),
    ("approval", {"approval": "approve", "legality": "no"}, {}, {"approver": "t1"}, "approval", "F-9", "F-9"),
    ("decision", {"complaint.remedies": ["review"]}, {}, {}, "complaint.remedies", "第十九", "Art. 19"),
    ("decision", {"complaint.texts.grounds": ""}, {}, {}, "complaint.texts.grounds", "第十九条", "Art. 19"),
    ("measure", {"measure_result": "done", "paid_amount": "99"}, {}, {"measure": {"type": "M.REFUND", "amount": 100}},
     "paid_amount", "F-11", "F-11"),
    ("follow_up", {"call_result": "unreachable", "complaint.followup.tries": "2",
                   "complaint.followup.reached": "no_answer"}, {"followup.tries_wanted": 3}, {},
     "complaint.followup.tries", "D8", "D8"),
    ("follow_up", {"call_result": "settled", "complaint.followup.reached": "no_answer"}, {}, {},
     "call_result", "F-13", "F-13"),
    ("close_check", {"close_result": "complete", "complaint.close_checklist": ["measures"]}, {}, {},
     "close_result", "F-12", "F-12"),
    ("qa_review", {"qa_result": "pass", "complaint.qa.registration": "10"}, {}, {}, "qa_result", "F-12", "F-12"),
    ("learn", {"rectification_wanted": ""}, {"systemic": True}, {}, "rectification_wanted", "第九条", "Art. 9"),
    ("accountability", {"complaint.texts.hearing_statement": ""}, {}, {},
     "complaint.texts.hearing_statement", "F-18", "F-18"),
    ("archive", {"archive_result": "archived"}, {}, {}, "archive_result", "R-047", "R-047"),
    ("propose_decline", {"decline_proposal": "decline"}, {"clock.start": ["UK-DISP-FINAL"]}, {},
     "decline_proposal", "D1", "D1"),
    ("extension", {"extension_answer": "yes"}, {"clock.start": ["CN-WXPAY-DONE"]}, {},
     "extension_answer", "第十八条", "Art. 18"),
    ("extension", {"extension_answer": "yes"}, {"extension.reason_code": "EXT-EVIDENCE"}, {},
     "extension_answer", "待批", "waits for approval"),
    ("withdrawal", {"withdrawal_result": "confirmed"}, {}, {}, "free_will", "F-16", "F-16"),
    ("agreed_date", {"complaint.clock.agreed_due_at": "2026-03-10T10:00"}, {}, {},
     "complaint.clock.agreed_due_at", "第二十一条", "Art. 21"),
    ("regulator_transfer", {"complaint.regulator.authority": "12315", "complaint.regulator.reply_due_at": ""}, {}, {},
     "complaint.regulator.reply_due_at", "D3", "D3"),
    ("onsite", {"resolved_on_spot": "true"}, {}, {}, "complaint.onsite.agreed", "F-1b", "F-1b"),
    ("intake", {"complaint.capacity": "self", "complaint.person.id_type": "resident_id",
                "complaint.person.id_no": "11010519491231002Y"}, {}, {},
     "complaint.person.id_no", "GB 11643", "GB 11643"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fields", "values", "variables", "field", "zh", "en"), REFUSED)
def test_what_a_rule_forbids_is_refused_with_the_rule_and_its_source(name, fields, values, variables, field, zh, en):
    in_chinese = refusals(name, fields, values, variables, "zh")[field]
    in_english = refusals(name, fields, values, variables, "en")[field]

    assert zh in in_chinese
    assert en in in_english
    assert CHINESE.search(in_chinese)
    assert not CHINESE.search(in_english)
