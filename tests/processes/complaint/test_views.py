"""What people see: the panel, the tracking page, search, messages."""

from datetime import date

import pytest

from engine import clock
from engine.applications import Work
from engine.errors import InvalidInput
from processes.complaint import access_code, views
from processes.complaint.messages import Message, messages, write_message
from processes.complaint.tables import Complaint
from processes.complaint.topics import notice
from tests.processes.complaint.filing import SUBMITTED, end_of, local


def message(text="请问办到哪一步了？", message_id="m-1", kind="progress"):
    return Message(message_id, "consumer", kind, text, ("file-1", "file-2"), local("2026-03-12"))


def see(transaction, view, *arguments):
    with clock.at(local("2026-03-12")), transaction() as session:
        return view(session, *arguments)


def test_the_panel_shows_the_essence_masked_and_in_words(file_complaint, record_of, transaction):
    file_complaint()
    record_of(lambda record: record.set("pause.mediation.from_on", date(2026, 3, 11)))
    panel = see(transaction, views.essence, "case-1", "zh")
    assert panel.who == {"full_name": "张*三", "mobile": "138****8000", "email": "z***@example.test"}
    assert panel.demands == ["退款", "解释说明"]
    assert panel.narrative == SUBMITTED["narrative"]
    assert [line.deadline_id for line in panel.clocks if line.is_effective] == ["CN-NFRA-DEC-1"]
    first = panel.clocks[0]
    assert (first.is_effective, first.due_at, first.paused_for) == (True, None, "调解")
    assert (first.regime, first.source) == ("银行业保险业消费投诉处理管理办法", "银保监会令2020年第3号第18条")
    assert [(pause.reason, pause.stops) for pause in panel.pauses] == [("调解", True)]
    assert see(transaction, views.essence, "case-1", "en").demands == ["Refund", "Explanation"]


def test_the_panel_shows_how_a_clock_was_extended_and_what_only_waits(file_complaint, record_of, transaction):
    file_complaint()

    def work(record):
        record.set("extension.reason_code", "EXT-CROSS")
        record.set("extension.approver", "t1")
        record.set("extension.decision", "approve")
        record.set("waiting.reason", "LEGAL")
        record.set("waiting.from_on", date(2026, 3, 11))
        record.set("clock.acknowledged_at", local("2026-03-10", "15:00"))

    record_of(work)
    panel = see(transaction, views.essence, "case-1", "en")
    [extension] = panel.clocks[0].extensions
    assert (extension.state, extension.reason, extension.approver) == ("valid", "Several institutions", "Team lead")
    assert (extension.from_due_at, extension.to_due_at) == (end_of("2026-03-25"), end_of("2026-04-09"))
    assert [(pause.reason, pause.stops) for pause in panel.pauses] == [("Awaiting legal advice", False)]
    assert [line.met_at for line in panel.clocks] == [None, local("2026-03-10", "15:00")]
    assert not panel.is_registered_late


def test_numbers_in_the_consumers_words_are_masked_in_the_panel(file_complaint, transaction):
    file_complaint("case-1", {**SUBMITTED, "narrative": "请回电13800008000"})
    see(transaction, write_message, "case-1", message("我的新邮箱是anna@example.com"))
    panel = see(transaction, views.essence, "case-1", "zh")
    assert panel.narrative == "请回电138****8000"
    assert [each.text for each in panel.messages] == ["我的新邮箱是a***@example.com"]


def test_staff_never_get_the_text_of_the_letter_with_the_access_code(file_complaint, transaction, site):
    file_complaint()
    work = Work(
        "job-1", "notice", "case-1", "", "send", {"template": "N01", "to": "consumer"}, {}, 1, local("2026-03-10")
    )
    notice(site, work)
    code = see(transaction, access_code.current, "case-1")
    assert code in see(transaction, views.tracking, "case-1", "zh").notices[0].text
    panel = see(transaction, views.essence, "case-1", "zh")
    assert [line.template for line in panel.notices] == ["N01"]
    assert code not in repr(panel)


def test_the_consumer_reads_status_promise_and_what_we_ask_for(file_complaint, record_of, transaction):
    file_complaint()

    def ask(record):
        record.set("material.items", "近三个月账单")
        record.set("material.reply_by", date(2026, 3, 20))
        record.set("material.asked_at", local("2026-03-12"))

    record_of(ask)
    page = see(transaction, views.tracking, "case-1", "en")
    assert (page.status_code, page.status) == ("received", "Received")
    assert page.promised_at == end_of("2026-03-25")
    assert (page.asked_for, page.asked_until) == ("近三个月账单", date(2026, 3, 20))
    assert page.may_withdraw
    record_of(lambda record: record.set("material.answered_at", local("2026-03-13")))
    assert see(transaction, views.tracking, "case-1", "en").asked_for == ""


def test_a_closed_case_promises_and_asks_nothing_more(file_complaint, record_of, transaction):
    file_complaint()
    record_of(lambda record: record.set("closed_at", local("2026-03-20")))
    page = see(transaction, views.tracking, "case-1", "zh")
    assert page.promised_at is None
    assert not page.may_withdraw
    assert not page.may_answer_survey


def test_the_survey_is_open_in_the_follow_up_until_it_is_answered(file_complaint, record_of, transaction):
    file_complaint()
    record_of(lambda record: record.set("phase", "followup"))
    assert see(transaction, views.tracking, "case-1", "zh").may_answer_survey
    record_of(lambda record: record.set("followup.score_result", 5))
    assert not see(transaction, views.tracking, "case-1", "zh").may_answer_survey


def test_messages_are_kept_sealed_and_once(file_complaint, transaction):
    file_complaint()
    see(transaction, write_message, "case-1", message())
    see(transaction, write_message, "case-1", message())
    assert see(transaction, messages, "case-1") == [message()]
    assert see(transaction, views.tracking, "case-1", "zh").messages == [message()]


@pytest.mark.parametrize("bad", [message(" "), message("x" * 5001), message(kind="gossip")])
def test_a_message_without_sense_is_refused(file_complaint, transaction, bad):
    file_complaint()
    with pytest.raises(InvalidInput):
        see(transaction, write_message, "case-1", bad)


def test_after_erasure_the_case_is_shown_without_the_person(file_complaint, transaction, site):
    file_complaint()
    see(transaction, write_message, "case-1", message())
    with transaction() as session:
        site.vault.erase(session, session.get_one(Complaint, "case-1").subject_id, local("2026-04-01"))
    panel = see(transaction, views.essence, "case-1", "zh")
    assert panel.is_erased
    assert (panel.who, panel.narrative, panel.messages) == ({}, "", [])
