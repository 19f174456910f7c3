"""Notices of companion cases: to the consumer with the complaint, to staff and regulators with the case."""

import pytest

from engine import clock
from engine.applications import Work
from engine.errors import TopicFailedForGood
from engine.models import Person
from processes.complaint import views as complaints
from processes.complaint.matters.letters import matter_notice
from processes.complaint.matters.tables import ComplaintMatterNotice
from processes.complaint.matters.views import of_complaint, sheet
from tests.bank import NOW

FINDING = "办理程序完整，答复在期限之内，处理结果与合同约定一致，依据充分。"


@pytest.fixture
def review(bank, desk):
    """A review that was decided, and its complaint."""
    filed = bank.file()
    bank.change(filed.case_id, decided_at=NOW)
    decided = {"matter.review.result_ok": "ok", "matter.review.outcome": "uphold", "matter.review.finding": FINDING}
    desk.send("review_request", filed.number, **decided)
    return desk.cases("review")[0], filed


def send(bank, case, work_id="w1", **inputs):
    with clock.at(NOW):
        return matter_notice(bank.site, Work(work_id, "matter_notice", case, "", "e", inputs, {}, 1, NOW))


def rows(bank, case):
    with bank.database.reading() as session:
        found = (
            session.query(ComplaintMatterNotice).filter_by(instance_id=case).order_by(ComplaintMatterNotice.language)
        )
        return [(row.template, row.language, row.recipient, row.sent_at is not None) for row in found]


def test_the_consumer_reads_the_review_decision_among_the_letters_of_the_complaint(bank, review):
    case, filed = review
    send(bank, case, template="N16", to="consumer")

    with bank.reading() as session:
        letters = complaints.tracking(session, filed.case_id, "zh").notices
    [text] = [letter.text for letter in letters if letter.template == "N16"]
    assert FINDING in text
    assert "维持" in text
    assert rows(bank, case) == []


def test_staff_get_it_in_their_language_once_however_often_the_job_runs(bank, review):
    case, _ = review
    zh, en = bank.person("shi", "approver_t4"), bank.person("amy", "approver_t4")
    with bank.database.transaction() as session:
        for person, language in ((zh, "zh"), (en, "en")):
            row = session.get_one(Person, person.id)
            row.email, row.language = f"{person.username}@bank.example", language
    for _ in range(2):
        send(bank, case, template="I02", to="group:approver_t4", topic="review")

    sent = [(to, subject) for to, subject, *_ in bank.post.sent if to.endswith("bank.example")]
    assert sorted(to for to, _ in sent) == ["amy@bank.example", "shi@bank.example"]
    assert rows(bank, case) == [
        ("I02", "en", "group:approver_t4", True), ("I02", "zh", "group:approver_t4", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"template": "I02", "to": "everybody"}, "goes to consumer"),
        ({"template": "X99", "to": "group:qa"}, "no notice"),
        ({"template": "I11", "to": "group:qa"}, "missing"),
    ],
)
def test_what_cannot_be_sent_is_an_incident_at_once(bank, review, inputs, why):
    case, _ = review

    with pytest.raises(TopicFailedForGood, match=why):
        send(bank, case, **inputs)

    assert rows(bank, case) == []


def test_a_case_without_a_complaint_has_no_consumer_to_write_to(bank, desk):
    desk.send("crisis")

    with pytest.raises(TopicFailedForGood, match="about no complaint"):
        send(bank, desk.cases("crisis")[0], template="N16", to="consumer")


def test_the_panel_of_a_complaint_lists_its_cases_and_theirs_name_it(bank, review):
    case, filed = review
    send(bank, case, template="I02", to="group:qa")

    with bank.reading() as session:
        [line] = of_complaint(session, filed.case_id, "en", NOW)
        found = sheet(session, case, "zh", NOW)

    assert (line.number, line.kind, line.is_late, line.closed_at) == ("HC-20260302-00001", "Review", False, None)
    assert line.due_at is not None
    assert (found.line.kind, found.complaint_number, found.complaint_id) == ("核查", filed.number, filed.case_id)
    assert not found.is_erased
    assert [notice.name for notice in found.notices] == ["临期预警"]
