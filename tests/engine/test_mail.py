"""Mail over a real SMTP server of the tests, and into a folder."""

import socket

import pytest
from aiosmtpd.controller import Controller

from engine.errors import TopicFailed, TopicFailedForGood
from engine.mail import FolderMail, NoMail, SmtpMail


class Mailbox:
    """Keeps what it gets; answers with `reply` to a receiver."""

    def __init__(self):
        self.messages = []
        self.reply = "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if self.reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.reply

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.messages.append(envelope)
        return "250 OK"


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def smtp(mailbox):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield SmtpMail("127.0.0.1", port, "desk@example.org", security="none")
    controller.stop()


def test_a_message_arrives_with_its_subject_texts_and_id(smtp, mailbox):
    smtp.send("li@example.org", "您的投诉", "你好", "<p>你好</p>", message_id="job-1")

    [envelope] = mailbox.messages
    text = envelope.content.decode()
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@example.org", ["li@example.org"])
    assert "Message-ID: <job-1@redress>" in text
    assert "text/html" in text


@pytest.mark.parametrize(("reply", "error"), [("550 no such person", TopicFailedForGood), ("451 later", TopicFailed)])
def test_a_refused_address_fails_for_good_and_a_busy_server_for_now(smtp, mailbox, reply, error):
    mailbox.reply = reply

    with pytest.raises(TopicFailed) as failed:
        smtp.send("li@example.org", "s", "t")

    assert type(failed.value) is error
    assert "li@example.org" not in failed.value.message


def test_a_server_that_is_not_there_fails_for_now():
    with pytest.raises(TopicFailed, match="cannot be reached"):
        SmtpMail("127.0.0.1", 1, "x@example.org", security="none").send("li@example.org", "s", "t")


def test_a_line_break_in_a_subject_is_no_way_to_add_a_header(smtp):
    with pytest.raises(TopicFailedForGood, match="line break"):
        smtp.send("li@example.org", "s\nBcc: eve@example.org", "t")


def test_a_folder_keeps_a_message_once_for_its_id(tmp_path):
    mail = FolderMail(tmp_path / "mail")
    mail.send("li@example.org", "first", "t", message_id="job/1")
    mail.send("li@example.org", "second", "t", message_id="job/1")

    [file] = (tmp_path / "mail").iterdir()
    assert "Subject: second" in file.read_text()


def test_without_a_server_mail_waits_for_one():
    with pytest.raises(TopicFailed, match="REDRESS_SMTP_HOST"):
        NoMail().send("li@example.org", "s", "t")
