"""Sending mail: over SMTP, or into a folder where a demo shows it."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from engine import clock
from engine.errors import RedressError, TopicFailed, TopicFailedForGood

TIMEOUT_SECONDS = 20


class Mail(Protocol):
    """How topics send mail."""

    def send(self, to: str, subject: str, text: str, html: str = "", message_id: str = "") -> None:
        """Send one message; the same `message_id` again is the same message to its receiver.

        Raises TopicFailed when it may succeed later, TopicFailedForGood when the address is refused.
        """


@dataclass(frozen=True)
class SmtpMail:
    """An SMTP server."""

    host: str
    port: int
    sender: str
    username: str = ""
    password: str = ""
    #: `starttls`, `tls` or `none`
    security: str = "starttls"

    def send(self, to: str, subject: str, text: str, html: str = "", message_id: str = "") -> None:
        """Send over a connection of its own; see `Mail`."""
        message = written(self.sender, to, subject, text, html, message_id)
        try:
            with self._connection() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = max((code for code, _ in error.recipients.values()), default=500)
            kind = TopicFailedForGood if code >= 500 else TopicFailed
            raise kind(why=f"the mail server refused the address ({code})") from error
        except smtplib.SMTPResponseException as error:
            kind = TopicFailedForGood if 500 <= error.smtp_code < 600 else TopicFailed
            raise kind(why=f"the mail server answered {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            why = RedressError("the mail server cannot be reached ({error})", error=type(error).__name__)
            raise TopicFailed(why=why) from error

    def _connection(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        if self.security == "starttls":
            server.starttls(context=context)
        if self.username:
            server.login(self.username, self.password)
        return server


@dataclass(frozen=True)
class FolderMail:
    """A folder that every message is written to as an .eml file: the mailbox of a demo."""

    folder: Path
    sender: str = "redress@localhost"

    def send(self, to: str, subject: str, text: str, html: str = "", message_id: str = "") -> None:
        """Write the message; the same `message_id` again replaces it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        message = written(self.sender, to, subject, text, html, message_id)
        name = "".join(character for character in message_id if character.isalnum() or character in "-_") or "message"
        (self.folder / f"{name[:100]}.eml").write_bytes(bytes(message))


class NoMail:
    """No mail server is set up: everything that wants to be sent waits for one."""

    def send(self, to: str, subject: str, text: str, html: str = "", message_id: str = "") -> None:  # noqa: ARG002 - it is a Mail
        """Refuse; see `Mail`."""
        raise TopicFailed(why="no mail server is set up (REDRESS_SMTP_HOST)")


def written(sender: str, to: str, subject: str, text: str, html: str, message_id: str) -> EmailMessage:
    """The message as it is sent. Raises TopicFailedForGood for an address or subject with line breaks."""
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Date"] = format_datetime(clock.now())
        if message_id:
            message["Message-ID"] = f"<{message_id}@redress>"
    except ValueError as error:
        raise TopicFailedForGood(why="the address or the subject contains a line break") from error
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message
