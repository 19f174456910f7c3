"""People, their groups and skills. Functions on a session; the commands add the history line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from engine import organisation
from engine.applications import Group
from engine.errors import InvalidInput, NotFound
from engine.models import GroupLead, Membership, Person, PersonGroup, PersonSkill, UnitAncestor

ADMIN = "admin"
PROCESS_OWNER = "process-owner"
AUDITOR = "auditor"
#: The groups that the engine itself gives a meaning.
OWN_GROUPS = (
    Group(ADMIN, "系统管理员", "Administrators"),
    Group(PROCESS_OWNER, "流程负责人", "Process owners"),
    Group(AUDITOR, "审计员", "Auditors"),
)


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with the groups, or the system or a consumer, who have no id."""

    id: int | None
    username: str
    name: str
    groups: frozenset[str] = frozenset()
    language: str = ""
    email: str = field(default="", repr=False)
    #: Sessions of an older epoch have ended.
    epoch: int = 0
    #: (group, unit): the group is held on this unit and all below it; groups that do not occur are held everywhere.
    held_on: frozenset[tuple[str, str]] = frozenset()
    #: (group, unit): whose tasks the actor may give to others, on the unit and below it; empty unit: everywhere
    leads_on: frozenset[tuple[str, str]] = frozenset()

    @property
    def everywhere(self) -> frozenset[str]:
        """The groups that are held without a bound."""
        return self.groups - {group for group, _ in self.held_on}

    @property
    def is_admin(self) -> bool:
        """Whether the actor is in the group `admin`."""
        return ADMIN in self.groups


SYSTEM = Actor(None, "system", "system")
CONSUMER = Actor(None, "consumer", "consumer")


# Asked for every page: built once, for building takes longer than asking.
_WITH_GROUPS = (
    select(Person, Membership.group_key, Membership.unit_key, GroupLead.led_key)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .outerjoin(GroupLead, GroupLead.group_key == Membership.group_key)
    .where(Person.id == bindparam("id"))
)


def actor(session: Session, person_id: int, epoch: int | None = None) -> Actor:
    """The active person `person_id` as an actor.

    Raises NotFound when there is none, or when `epoch` is given and is no longer the person's.
    """
    found = session.execute(_WITH_GROUPS, {"id": person_id}).all()
    person = found[0][0] if found else None
    if person is None or not person.is_active or epoch not in {None, person.epoch}:
        raise NotFound
    led = {(led_key, unit) for _, _, unit, led_key in found if led_key}
    return as_actor(person, {(group, unit) for _, group, unit, _ in found if group}, led)


def as_actor(person: Person, grants: Iterable[tuple[str, str]], leads_on: Iterable[tuple[str, str]] = ()) -> Actor:
    """A person with `grants`, pairs of group and unit; the unit is empty where the group is held everywhere."""
    grants = set(grants)
    everywhere = {group for group, unit in grants if not unit}
    return Actor(
        person.id,
        person.username,
        person.name,
        frozenset(group for group, _ in grants),
        person.language,
        person.email,
        person.epoch,
        frozenset(grant for grant in grants if grant[0] not in everywhere),
        frozenset(leads_on),
    )


def find_person(session: Session, username: str) -> Person:
    """The person of that user name. Raises InvalidInput when there is nobody."""
    found = session.scalar(select(Person).where(Person.username == normal_username(username)))
    if found is None:
        raise InvalidInput(why=f"there is nobody called “{username}”")
    return found


def holders(session: Session, group_key: str, unit_key: str = "") -> list[Person]:
    """The active people who hold the group on the unit or above it, by user name; an unknown unit counts as none."""
    held = select(Membership.person_id).where(
        Membership.group_key == group_key, organisation.covers(Membership.unit_key, unit_key)
    )
    people = select(Person).where(Person.id.in_(held), Person.is_active).order_by(Person.username)
    return list(session.scalars(people))


def leads(session: Session, groups: Iterable[tuple[str, str]]) -> list[Person]:
    """The active people who lead one of the groups, pairs of group and unit, on its unit or above it; by user name."""
    reached = [
        and_(GroupLead.led_key == group, organisation.covers(Membership.unit_key, unit)) for group, unit in groups
    ]
    if not reached:
        return []
    leading = (
        select(Membership.person_id).join(GroupLead, GroupLead.group_key == Membership.group_key).where(or_(*reached))
    )
    people = select(Person).where(Person.id.in_(leading), Person.is_active).order_by(Person.username)
    return list(session.scalars(people))


def has_holder(session: Session, group: str, unit: str | None) -> bool:
    """FEEL function: whether an active person holds `group` on `unit` or above it."""
    return bool(holders(session, group or "", unit or ""))


def add_person(
    session: Session,
    username: str,
    name: str,
    now: datetime,
    *,
    password_hash: str = "",
    email: str = "",
    language: str = "",
) -> int:
    """Add somebody, who can log in once there is a password, hashed before by `hash_password`; gives the id.

    Raises InvalidInput when a name is missing, or when the user name is reserved or taken.
    """
    username = normal_username(username)
    if not username or not name.strip():
        raise InvalidInput(why="a person needs a user name and a name.")
    reserved = username in {SYSTEM.username, CONSUMER.username}
    if reserved or session.scalar(select(Person.id).where(Person.username == username)):
        raise InvalidInput(why=f"the user name “{username}” is taken; choose another.")
    person = Person(username=username, name=name.strip(), email=email, language=language, created_at=now)
    person.password_hash = password_hash
    session.add(person)
    session.flush()
    return person.id


def normal_username(text: str) -> str:
    """The user name as it is stored and compared: without blanks around it, in small letters."""
    return text.strip().casefold()


def add_missing_groups(session: Session, groups: Iterable[Group] = OWN_GROUPS) -> None:
    """Add those of `groups` that do not exist yet, and let who leads whom be as they say."""
    groups = list(groups)
    known = set(session.scalars(select(PersonGroup.key)))
    new = {group.key: group for group in groups if group.key not in known}
    session.add_all(PersonGroup(key=key, name_zh=group.name_zh, name_en=group.name_en) for key, group in new.items())
    session.flush()
    session.execute(delete(GroupLead).where(GroupLead.group_key.in_([group.key for group in groups])))
    session.add_all(GroupLead(group_key=group.key, led_key=led) for group in groups for led in group.leads)
    session.flush()


def add_to_group(session: Session, person_id: int, group_key: str, unit_key: str = "") -> None:
    """Make the person a member, on a unit and all below it or everywhere; raises NotFound for what does not exist."""
    _person(session, person_id)
    if session.get(PersonGroup, group_key) is None:
        raise NotFound(f"There is no group “{group_key}”.")
    if unit_key and session.get(UnitAncestor, (unit_key, unit_key)) is None:
        raise NotFound(f"There is no unit “{unit_key}”.")
    if session.get(Membership, (person_id, group_key, unit_key)) is None:
        session.add(Membership(person_id=person_id, group_key=group_key, unit_key=unit_key))
        session.flush()


def remove_from_group(session: Session, person_id: int, group_key: str, unit_key: str = "") -> None:
    """End the membership that the person has on the unit, or everywhere, if there is one."""
    session.execute(
        delete(Membership).where(
            Membership.person_id == person_id, Membership.group_key == group_key, Membership.unit_key == unit_key
        )
    )


def set_skills(session: Session, person_id: int, skills: Iterable[str]) -> None:
    """What the person knows, as codes; raises NotFound, and InvalidInput for what is no code."""
    _person(session, person_id)
    codes = sorted(set(skills))
    for code in codes:
        if not code or len(code) > 100 or any(sign.isspace() for sign in code):
            raise InvalidInput(why=f"“{code}” is no code of a skill: 1 to 100 signs without blanks")
    session.execute(delete(PersonSkill).where(PersonSkill.person_id == person_id))
    session.add_all(PersonSkill(person_id=person_id, skill=code) for code in codes)
    session.flush()


def set_password_hash(session: Session, person_id: int, password_hash: str) -> None:
    """Give the person a new password, hashed by `hash_password` before, and end all sessions; raises NotFound."""
    _person(session, person_id).password_hash = password_hash
    raise_epoch(session, person_id)


def set_active(session: Session, person_id: int, *, active: bool) -> None:
    """Let the person in, or shut the person out and end all sessions; raises NotFound."""
    _person(session, person_id).is_active = active
    raise_epoch(session, person_id)


def set_language(session: Session, person_id: int, language: str) -> None:
    """Set the language of the pages, `zh` or `en`; raises NotFound."""
    _person(session, person_id).language = language
    session.flush()


def raise_epoch(session: Session, person_id: int) -> None:
    """End all of the person's sessions; raises NotFound."""
    _person(session, person_id).epoch += 1
    session.flush()


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person
