"""Sending along the channels: each attempt is proof, or the reason why the next channel is tried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine import clock
from engine.errors import TopicFailed, TopicFailedForGood
from engine.mail import Mail
from engine.site import Site
from engine.sms import Sms
from processes.complaint import masking
from processes.complaint.letters import BY_HAND, EMAIL, FAILED, PORTAL, SENT, SMS, Address, Attempt, Letter

#: Names of the ports that send mail and text messages.
EMAIL_PORT, SMS_PORT = "mail", "sms"

#: Sends to one address; gives the gateway's reference.
Carry = Callable[[Address, str], str]


@dataclass(frozen=True)
class Sent:
    """How sending went: the channel that is left, whether the notice is out by it, and all attempts."""

    channel: str
    is_out: bool
    attempts: tuple[Attempt, ...]


class NotYet(TopicFailed):
    """The notice could not be sent now: {why}"""

    def __init__(self, attempts: tuple[Attempt, ...], why: str) -> None:
        super().__init__(why=why)
        self.attempts = attempts


def send(site: Site, letter: Letter, notice_id: str, *, tried: str = "", is_last: bool) -> Sent:
    """Try the channels of `letter` in their order, from the one that was `tried` last.

    A channel that needs a person ends it: the notice waits. So does the end of the list, at the channel that is last.
    Raises NotYet when an attempt may succeed later; at the last attempt (`is_last`) the next channel is tried instead.
    """
    carriers = _carriers(site, letter, notice_id)
    made: list[Attempt] = []
    start = letter.channels.index(tried) if tried in letter.channels else 0
    for channel in letter.channels[start:]:
        if channel in BY_HAND:
            return Sent(channel, is_out=False, attempts=tuple(made))
        if channel == PORTAL:
            return Sent(channel, is_out=True, attempts=(*made, Attempt(channel, SENT, clock.now())))
        carry = carriers.get(channel)
        if carry is not None and _reached(channel, letter, carry, made, is_last=is_last):
            return Sent(channel, is_out=True, attempts=tuple(made))
    return Sent(letter.channels[-1], is_out=False, attempts=tuple(made))


def _reached(channel: str, letter: Letter, carry: Carry, made: list[Attempt], *, is_last: bool) -> bool:
    """Whether at least one address of `channel` was reached; what happened is added to `made`. Raises NotYet."""
    reached, later = False, ""
    for number, address in enumerate(letter.addressed(channel)):
        shown = masking.contact(address.to)
        try:
            reference = carry(address, f"{number}")
        except TopicFailed as error:
            why = str(error.params.get("why", error.message))
            made.append(Attempt(channel, FAILED, clock.now(), shown, reason=why))
            if not isinstance(error, TopicFailedForGood):
                later = why
        else:
            made.append(Attempt(channel, SENT, clock.now(), shown, reference))
            reached = True
    if later and not is_last:
        raise NotYet(tuple(made), later)
    return reached


def _carriers(site: Site, letter: Letter, notice_id: str) -> Mapping[str, Carry]:
    """Channel → what carries a notice there, as far as this installation has it."""
    found: dict[str, Carry] = {}
    mail: Mail | None = site.ports.get(EMAIL_PORT)
    sms: Sms | None = site.ports.get(SMS_PORT)
    if mail is not None:
        found[EMAIL] = lambda address, number: _mail(mail, letter, address, f"{notice_id}-{number}")
    if sms is not None:
        found[SMS] = lambda address, number: sms.send(
            address.to, letter.contents[address.language].sms, f"{notice_id}-{number}"
        )
    return found


def _mail(mail: Mail, letter: Letter, address: Address, message_id: str) -> str:
    content = letter.contents[address.language]
    mail.send(address.to, content.subject, content.mail or content.text, content.html, message_id)
    return message_id
