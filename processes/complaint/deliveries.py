"""Notices that a person hands over: which ones wait, and that one was told, posted or given.

What the law hangs on the notice happens at that moment (order No. 3 of 2020, Art. 21).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import clock
from engine.errors import InvalidInput
from processes.complaint import codes, letters, progress
from processes.complaint.clocks import Clocks
from processes.complaint.consequences import consequences
from processes.complaint.deeds import DEEDS
from processes.complaint.facts import fact, set_fact
from processes.complaint.letters import CONSUMER, HANDED_OVER, SENT, WAITING, Attempt
from processes.complaint.notices import words
from processes.complaint.paths import TEXTS
from processes.complaint.sealed import Papers, Sealing
from processes.complaint.tables import Complaint, ComplaintNotice

#: Path whose writing records a handing over.
DELIVERED_AT = "delivery.delivered_at"

CHOSEN, METHOD, REFERENCE, NOTE = (f"delivery.{name}" for name in ("notice_id", "method", "reference", "note"))


@dataclass(frozen=True)
class Delivery:
    """How a notice was handed over: a code of `handing_over`, when, and by what it can be proved."""

    method: str
    at: datetime
    #: recording, postal or receipt number
    reference: str
    note: str = ""
    #: username of who did it
    by: str = ""


class AlreadyDelivered(InvalidInput):
    """This notice does not wait for anybody any more; look at the case again."""


@dataclass(frozen=True)
class Deliveries:
    """What waits to be handed over in one complaint."""

    complaint: Complaint
    papers: Papers
    clocks: Clocks

    def awaiting(self) -> list[dict[str, str]]:
        """The notices to the consumer that wait, for the options of a form: the oldest first."""
        return [_option(row) for row in self._waiting()]

    def record(self, at: datetime | None) -> None:
        """The chosen notice, or the only one, was handed over at `at` by what the paths `delivery.…` say.

        Where none waits any more there is nothing to record. Raises InvalidInput.
        """
        if at is None:
            raise InvalidInput(why="the moment of handing over is missing")
        waiting, chosen = self._waiting(), fact(self.complaint, CHOSEN)
        if not waiting:
            return
        row = next((each for each in waiting if each.id == chosen), waiting[0] if len(waiting) == 1 else None)
        if row is None:
            raise InvalidInput(why="say which of the waiting notices was handed over")
        texts = {path: str(self.papers.item(TEXTS, path) or "") for path in (REFERENCE, NOTE)}
        method = str(fact(self.complaint, METHOD) or "")
        hand_over(self.papers.sealing, row, Delivery(method, at, texts[REFERENCE], texts[NOTE]))
        self._empty()
        for path, value in consequences(self.clocks, row.template, at).items():
            {**progress.DEEDS, **DEEDS}[path](self.clocks, value)

    def _empty(self) -> None:
        """Leave nothing in the form for the next one."""
        for path in (CHOSEN, METHOD):
            set_fact(self.complaint, path, None)
        for path in (REFERENCE, NOTE):
            self.papers.set_item(TEXTS, path, None)

    def _waiting(self) -> list[ComplaintNotice]:
        return [row for row in self.complaint.notices if row.state == WAITING and row.recipient == CONSUMER]


def _last(clocks: Clocks) -> datetime | None:
    """When a person last handed over a notice."""
    by_hand = (row for row in clocks.complaint.notices if row.state == SENT and row.channel in letters.BY_HAND)
    return max((row.sent_at for row in by_hand if row.sent_at is not None), default=None)


#: path → what it answers
READINGS: Mapping[str, Callable[[Clocks], Any]] = {DELIVERED_AT: _last}


def hand_over(sealing: Sealing, row: ComplaintNotice, delivery: Delivery) -> None:
    """Mark a waiting notice as sent, with its proof. Raises AlreadyDelivered and InvalidInput."""
    if row.state != WAITING:
        raise AlreadyDelivered
    codes.require(("handing_over",), delivery.method)
    if not delivery.reference.strip():
        raise InvalidInput(why="the number of the recording, of the postal item or of the receipt is missing")
    if delivery.at > clock.now():
        raise InvalidInput(why="a notice cannot have been handed over in the future")
    if delivery.at < row.created_at.replace(second=0, microsecond=0):  # people write minutes
        written = words(row.created_at, "en")
        raise InvalidInput(why=f"the notice was written on {written}; it cannot have been handed over before")
    reference = " / ".join(filter(None, (delivery.reference.strip(), delivery.note.strip())))
    letters.add_attempt(
        sealing, row, Attempt(delivery.method, HANDED_OVER, delivery.at, reference=reference, by=delivery.by)
    )
    row.channel, row.state, row.sent_at = delivery.method, SENT, delivery.at


def _option(row: ComplaintNotice) -> dict[str, str]:
    """A notice as an option of a form, with its words in both languages."""
    told: Mapping[str, str] = {
        language: f"{codes.label('notice', row.template, language)}, {words(row.created_at, language)}"
        for language in ("zh", "en")
    }
    return {"value": row.id, "label": told["en"], **told}
