"""To whom a notice goes: the languages that its receivers read, and where each channel reaches them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, identity
from engine.errors import InvalidInput
from engine.models import Person
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
        return _staff(members(session, [recipient.removeprefix(GROUP)]))
    if recipient.startswith(PERSON):
        return _staff(named(session, [recipient.removeprefix(PERSON)]))
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
        found = _staff(named(session, [handler]))
        if found.addresses:
            return found
    return _staff(members(session, [record.complaint.owner_unit or "handler"]))


def members(session: Session, groups: Iterable[str]) -> list[Person]:
    """Who holds one of `groups`, each once, by user name; `<key>@<unit>`: on that unit or above it.

    A unit that nobody knows means everywhere.
    """
    people = {person.id: person for group in groups for person in identity.holders(session, *access.parts(group))}
    return sorted(people.values(), key=lambda person: person.username)


def named(session: Session, usernames: Iterable[str]) -> list[Person]:
    """The active people of these user names."""
    wanted = select(Person).where(Person.username.in_(list(usernames)), Person.is_active)
    return list(session.scalars(wanted.order_by(Person.username)))


def _staff(people: list[Person]) -> Receivers:
    """People who work here, each in the own language."""
    addresses = tuple(Address(EMAIL, person.email, person.language or HOME) for person in people if person.email)
    return Receivers((people[0].language or HOME) if len(people) == 1 else HOME, addresses)
