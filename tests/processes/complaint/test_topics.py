"""Sending notices: what is sent, what is kept, and what happens when it fails."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from engine import clock, models
from engine.applications import Work
from engine.errors import InvalidInput, TopicFailed, TopicFailedForGood
from processes.complaint import access_code, views
from processes.complaint.register import REGISTER
from processes.complaint.tables import ComplaintNotice
from processes.complaint.topics import notice, rehearse_notice
from tests.processes.complaint.filing import SUBMITTED, local


@pytest.fixture
def send(site, file_complaint):
    """Files a complaint and sends a notice about it: (inputs, work id, moment) → result variables."""
    file_complaint()

    def send(work_id="job-1", at=None, site=site, *, is_last=False, **inputs):
        at = at or local("2026-03-10", "14:05")
        work = Work(work_id, "notice", "case-1", "TS-20260310-HQ-00001", "send", inputs, {}, 1, at, is_last=is_last)
        with clock.at(at):
            return notice(site, work).values

    return send


def people(transaction, *members):
    with transaction() as session:
        session.add(models.PersonGroup(key="approver_t1", name_zh="组长", name_en="Team leads"))
        for number, (username, email) in enumerate(members, 1):
            person = models.Person(
                id=number, username=username, name=username, email=email, created_at=local("2026-01-01"), language="en"
            )
            session.add(person)
            session.flush()
            session.add(models.Membership(person_id=number, group_key="approver_t1"))


def test_the_acknowledgement_goes_to_the_consumer_with_number_code_and_date(send, post, transaction):
    result = send(template="N01", to="consumer")
    [(to, subject, text, html, message_id)] = post.sent
    with transaction() as session:
        code = access_code.current(session, "case-1")
    assert to == "zhang@example.test"
    assert "TS-20260310-HQ-00001" in subject
    assert code in text
    assert "2026年3月25日" in text
    assert "年费" not in html  # mail leads to the page and does not repeat the case
    assert message_id == "job-1-0"
    assert result["complaint.clock.acknowledged_at"] == result["sent_at"]


def test_a_copy_is_kept_with_its_proof_and_without_clear_text(send, site, transaction):
    send(template="N01", to="consumer")
    with transaction() as session:
        row = session.get_one(ComplaintNotice, "job-1")
        [line] = views.tracking(session, "case-1", "zh").notices
    assert row.state == "sent"
    assert row.sha256 == hashlib.sha256(line.text.encode()).hexdigest()
    assert "张小三".encode() not in row.sealed_body
    assert b"example.test" not in row.sealed_addresses


def test_the_same_job_sends_once_and_gives_the_same_result(send, post):
    first = send(template="N01", to="consumer")
    assert send(template="N01", to="consumer", at=local("2026-03-11")) == first
    assert len(post.sent) == 1


def test_a_mail_that_failed_is_sent_again_as_it_was_written(send, post, record_of):
    post.failures = 1
    with pytest.raises(TopicFailed, match="cannot be reached"):
        send(template="N11", to="consumer")
    record_of(lambda record: record.set("status", "investigating"))
    send(template="N11", to="consumer")
    [(_, _, text, _, _)] = post.sent
    assert "已收到" in text


def test_a_consumer_without_an_address_reads_it_on_the_tracking_page(site, file_complaint, post, transaction):
    file_complaint("case-2", {**SUBMITTED, "person.email": None})
    work = Work(
        "job-2", "notice", "case-2", "", "send", {"template": "N02", "to": "consumer"}, {}, 1, local("2026-03-10")
    )
    notice(site, work)
    assert post.sent == []
    with transaction() as session:
        [line] = views.tracking(session, "case-2", "zh").notices
    assert line.channel == "portal"
    assert line.sent_at is not None


def test_without_a_mail_port_nothing_fails(send, site):
    result = send(template="N02", to="consumer", site=replace(site, ports={}))
    assert result["sent_at"] == local("2026-03-10", "14:05")


def test_a_decision_without_its_parts_is_refused_for_good_and_nothing_is_kept(send, post, transaction):
    with pytest.raises(
        TopicFailedForGood,
        match=r"lacks 核实情况 / findings, .*remedies \(order No\. 3 of 2020, Art\. 19\)",
    ):
        send(template="N10", to="consumer")
    assert post.sent == []
    with transaction() as session:
        assert session.get(ComplaintNotice, "job-1") is None


def test_a_sent_decision_tells_the_record_when(send, post, record_of):
    def decide(record):
        for name in ("verification_result", "decision_text", "grounds"):
            record.set(f"texts.{name}", "已经核实清楚，予以退还。")
        record.set("remedies", ["review", "litigation"])

    record_of(decide)
    result = send(template="N10", to="consumer", at=local("2026-03-25", "23:50"))
    assert result["complaint.decided_at"] == local("2026-03-25", "23:50")
    record_of(lambda record: record.set("decided", True), at=local("2026-03-26"))
    assert record_of(lambda record: record.get("decided_at")) == local("2026-03-25", "23:50")
    assert "上级机构" in post.sent[0][2]


def test_an_extension_notice_names_reason_tier_and_dates(send, post, record_of):
    def extend(record):
        record.set("extension.reason_code", "EXT-EVIDENCE")
        record.set("extension.approver", "t1")
        record.set("extension.decision", "approve")

    record_of(extend, at=local("2026-03-23"))
    result = send(template="N18", to="consumer", at=local("2026-03-24"))
    assert "complaint.extension.notified_at" in result
    for part in ("等待外部证据", "组长", "2026年3月25日", "2026年4月9日"):
        assert part in post.sent[0][2]


def test_an_appraisal_notice_marks_the_day_only_where_a_pause_is_on_record(send, record_of):
    assert "complaint.pause.appraisal.told_on" not in send(template="N08", to="consumer")
    record_of(lambda record: record.set("pause.appraisal.from_on", date(2026, 3, 15)))
    result = send("job-2", local("2026-03-15"), template="N08", to="consumer")
    assert result["complaint.pause.appraisal.told_on"] == date(2026, 3, 15)


def test_a_group_gets_a_warning_without_personal_values(send, post, transaction):
    people(transaction, ("lead", "lead@bank.test"), ("deputy", "deputy@bank.test"), ("silent", ""))
    send(template="I02", to="group:approver_t1", mark=70, topic="enquiry")
    assert [to for to, *_ in post.sent] == ["deputy@bank.test", "lead@bank.test"]
    text = post.sent[0][2]
    assert "70% of the time limit" in text
    assert "Step: department enquiry" in text
    assert "张小三" not in text


def test_the_owner_is_the_handler_in_the_own_language(send, post, transaction, record_of):
    people(transaction, ("wang", "wang@bank.test"))
    record_of(lambda record: record.set("handler", "wang"))
    send(template="I06", to="owner")
    [(to, subject, *_)] = post.sent
    assert to == "wang@bank.test"
    assert subject.startswith("Message from the consumer")


def test_without_a_handler_the_owner_is_the_unit(send, post, transaction, record_of):
    people(transaction, ("lead", "lead@bank.test"))
    record_of(lambda record: record.set("owner_unit", "approver_t1"))
    send(template="I03", to="owner")
    assert [to for to, *_ in post.sent] == ["lead@bank.test"]


@pytest.mark.parametrize("inputs", [{"template": "N77", "to": "consumer"}, {"template": "N02", "to": "everybody"}, {}])
def test_a_notice_or_recipient_that_does_not_exist_fails_for_good(send, inputs):
    with pytest.raises(TopicFailedForGood):
        send(**inputs)


@pytest.mark.parametrize(
    "template",
    [
        "N01",
        "N02",
        "N04",
        "N05",
        "N06",
        "N08",
        "N09",
        "N11",
        "N12",
        "N13",
        "N14",
        "N17",
        "N19",
        "N24",
        "I02",
        "I03",
        "I07",
        "I09",
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_notice_can_be_sent_of_a_complaint_just_filed(send, post, record_of, template, language):
    record_of(lambda record: record.set("language", language))
    send(template=template, to="consumer")
    assert "TS-20260310-HQ-00001" in post.sent[0][2]
    assert "{{" not in post.sent[0][2]


def test_a_dry_run_learns_the_same_without_sending():
    record = REGISTER.blank({"received_at": local("2026-03-10")})
    result = rehearse_notice(record, {"template": "N01", "to": "consumer"}, local("2026-03-10"))
    assert result.values["complaint.clock.acknowledged_at"] == local("2026-03-10")
    assert [made.decision for made in result.decided] == ["notice_channel"]
    told = rehearse_notice(record, {"template": "I02", "to": "owner"}, local("2026-03-10"))
    assert set(told.values) == {"notice_id", "sent_at"}
    with pytest.raises(InvalidInput, match="grounds"):
        rehearse_notice(record, {"template": "N10", "to": "consumer"}, local("2026-03-10"))
