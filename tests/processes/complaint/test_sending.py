"""Sending along the channels: the next one after a failure for good, later after a failure for now, proof of all."""

from dataclasses import replace

import pytest

from engine import clock, models
from engine.applications import Work
from engine.errors import TopicFailed, TopicFailedForGood
from engine.sms import FolderSms
from processes.complaint import letters, notice_views
from processes.complaint.register import REGISTER
from processes.complaint.sending import NotYet
from processes.complaint.tables import ComplaintNotice
from processes.complaint.topics import notice
from tests.processes.complaint.filing import SUBMITTED, local

BY_PHONE = {**SUBMITTED, "channel": "CH.PHONE", "person.postal_address": "示例市示例路8号"}


class Broken:
    """A port whose gateway refuses everything, for good or for now."""

    def __init__(self, error):
        self.error, self.tried = error, 0

    def send(self, *_arguments):
        self.tried += 1
        raise self.error


REFUSED = TopicFailedForGood(why="the telephone number is not one that a text message can go to")
LATER = TopicFailed(why="no mail server is set up (REDRESS_SMTP_HOST)")


@pytest.fixture
def send(site, file_complaint):
    """Files a complaint and sends a notice about it: (values, ports, inputs) → result variables."""
    filed = []

    def send(template="N11", values=SUBMITTED, *, is_last=False, at=None, **ports):
        if not filed:
            filed.append(file_complaint("case-1", values))
        here = replace(site, ports={**site.ports, **ports})
        inputs = {"template": template, "to": "consumer"}
        at = at or local("2026-03-10", "14:05")
        work = Work("job-1", "notice", "case-1", "TS-20260310-HQ-00001", "send", inputs, {}, 1, at, is_last=is_last)
        with clock.at(at):
            return notice(here, work)

    return send


@pytest.fixture
def kept(transaction):
    """Row and attempts of the one notice."""

    def kept():
        with transaction() as session:
            row = session.get_one(ComplaintNotice, "job-1")
            return row, letters.attempts(REGISTER.open(session, "case-1").papers.sealing, row)

    return kept


def test_a_text_message_leads_to_the_page_and_its_reference_is_kept(send, kept, tmp_path, post):
    send(sms=FolderSms(tmp_path))
    row, [attempt] = kept()
    assert (row.state, row.channel) == ("sent", "sms")
    assert (attempt.state, attempt.address, attempt.reference) == ("sent", "138****8000", "job-1-0.json")
    assert "https://example.test/track" in (tmp_path / "job-1-0.json").read_text("utf-8")
    assert post.sent == []


def test_a_refused_number_leads_to_mail(send, kept, post):
    sms = Broken(REFUSED)
    send(sms=sms)
    row, attempts = kept()
    assert (row.state, row.channel, sms.tried) == ("sent", "email", 1)
    assert [(each.channel, each.state) for each in attempts] == [("sms", "failed"), ("email", "sent")]
    assert "telephone number" in attempts[0].reason
    assert [to for to, *_ in post.sent] == ["zhang@example.test"]


def test_what_may_succeed_later_is_tried_again_where_it_stopped(send, kept, post):
    sms, mail = Broken(REFUSED), Broken(LATER)
    with pytest.raises(NotYet, match="no mail server"):
        send(sms=sms, mail=mail)
    assert kept()[0].state == "prepared"

    send(sms=sms, at=local("2026-03-10", "14:06"))
    row, attempts = kept()
    assert (row.state, row.channel, sms.tried) == ("sent", "email", 1)
    assert [each.state for each in attempts] == ["failed", "failed", "sent"]
    assert len(post.sent) == 1


def test_after_the_last_attempt_the_next_channel_is_tried(send, kept):
    send(mail=Broken(LATER), is_last=True)
    row, attempts = kept()
    assert (row.state, row.channel) == ("sent", "portal")
    assert [(each.channel, each.state) for each in attempts] == [("email", "failed"), ("portal", "sent")]


def test_where_no_electronic_channel_works_it_waits_as_a_letter_and_the_case_is_told(send, kept, transaction):
    result = send(values=BY_PHONE, mail=Broken(REFUSED))
    row, attempts = kept()
    assert (row.state, row.channel, row.sent_at) == ("waiting", "letter", None)
    assert [(each.channel, each.state) for each in attempts] == [("email", "failed")]
    assert result.values == {"notice_id": "job-1", "sent_at": None}
    with transaction() as session:
        [message] = session.query(models.Message).all()
        assert (message.name, message.business_key) == ("notice_undelivered", "TS-20260310-HQ-00001")

    send(values=BY_PHONE)
    with transaction() as session:
        assert session.query(models.Message).count() == 1


def test_the_page_of_a_notice_tells_channels_reasons_and_attempts(send, transaction, tmp_path):
    send(sms=Broken(REFUSED))
    with transaction() as session:
        shown = notice_views.detail(session, "case-1", "job-1", "en")
    assert shown.channels == ["Text message", "E-mail", "Tracking page", "Letter", "Handed over in person"]
    assert shown.reasons[0] == "A text message leads to the tracking page"
    assert [(name, each.state) for name, each in shown.attempts] == [("Text message", "failed"), ("E-mail", "sent")]
    assert shown.line.name == "Progress"
    with transaction() as session:
        assert notice_views.detail(session, "case-1", "job-1", "zh").reasons[0] == "短信提示网上查看"


def test_addresses_and_references_are_not_kept_in_clear(send, transaction):
    send()
    with transaction() as session:
        [attempt] = session.get_one(ComplaintNotice, "job-1").attempts
        assert b"example.test" not in attempt.sealed_address


def test_the_consumer_hears_from_us_again_a_week_after_a_notice(send):
    result = send()
    assert result.values["complaint.progress.told_at"] == local("2026-03-10", "14:05")
