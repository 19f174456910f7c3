"""To whom a notice goes: the languages that its receivers read, and where each channel reaches them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.errors import InvalidInput
from engine.models import Membership, Person
from processes.complaint.letters import (
    CONSUMER,
    EMAIL,
    GROUP,
    LETTER,
    OWNER,
    PERSON,
    PHONE,
    REGULATOR,
    SMS,
    Address,
)
from processes.complaint.record import ComplaintRecord

#: Whoever has chosen no language reads this one.
HOME = "zh"

#: Path of the record → the channels that it is an address for.
CONTACTS = {"email": (EMAIL,), "mobile": (SMS, PHONE), "postal_address": (LETTER,)}


@dataclass(frozen=True)
class Receivers:
    """The receivers of one notice."""

    #: in which the copy that counts is written
    language: str
    addresses: tuple[Address, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language that somebody reads, the one that counts first."""
        return tuple(dict.fromkeys((self.language, *(address.language for address in self.addresses))))


def receivers(session: Session, record: ComplaintRecord | None, recipient: str) -> Receivers:
    """Who `recipient` is: `consumer`, `owner`, `regulator`, `group:<key>`, `group:<key>@<unit>`, `person:<username>`.

    Raises InvalidInput for anybody else, and for a consumer or owner where there is no complaint.
    """
    if recipient == REGULATOR:
        return Receivers(HOME)
    if recipient.startswith(GROUP):
        return _group(session, recipient.removeprefix(GROUP))
    if recipient.startswith(PERSON):
        return _staff(session, Person.username == recipient.removeprefix(PERSON))
    if record is None or recipient not in {CONSUMER, OWNER}:
        why = "a notice goes to consumer, owner, regulator, group:<key> or person:<username>, not to “{to}”"
        raise InvalidInput(why=why.format(to=recipient))
    return _consumer(record) if recipient == CONSUMER else _owner(session, record)


def _consumer(record: ComplaintRecord) -> Receivers:
    language = record.complaint.language or HOME
    found = [
        Address(channel, str(value), language)
        for name, channels in CONTACTS.items()
        if (value := record.get(f"person.{name}"))
        for channel in channels
    ]
    return Receivers(language, tuple(found))


def _owner(session: Session, record: ComplaintRecord) -> Receivers:
    """The handler; where nobody is yet, the unit that answers for the complaint."""
    if handler := record.complaint.handler:
        found = _staff(session, Person.username == handler)
        if found.addresses:
            return found
    return _group(session, record.complaint.owner_unit or "handler")


def _group(session: Session, name: str) -> Receivers:
    """The members of a group; a unit behind @ that nobody knows means all of them."""
    group, _, _unit = name.partition("@")
    members = select(Membership.person_id).where(Membership.group_key == group)
    return _staff(session, Person.id.in_(members))


def _staff(session: Session, which: ColumnElement[bool]) -> Receivers:
    """People who work here, each in the own language."""
    query = select(Person.email, Person.language).where(which, Person.is_active)
    people = [(email, language or HOME) for email, language in session.execute(query.order_by(Person.email))]
    addresses = tuple(Address(EMAIL, email, language) for email, language in people if email)
    return Receivers(people[0][1] if len(people) == 1 else HOME, addresses)
