"""The people of a simulated office."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import access, history, identity, queries
from engine.errors import RedressError
from engine.history import Line
from engine.identity import Actor
from engine.models import Membership, Person, PersonGroup, ProcessInstance, UserTask
from engine.site import Site

#: How many people a group gets, unless it says otherwise.
PER_GROUP = 2
#: What made-up people know.
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Recruit:
    """Somebody who comes to work here."""

    username: str
    name: str
    #: each as `group`, or as `group@unit`
    groups: Sequence[str]
    #: codes of what they know
    skills: Sequence[str] = ()


class NobodyMay(RedressError):
    """Nobody in the simulated office may do the task {task}; give its groups more people."""


class Staff:
    """Who is in which group, and who may do a task."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._groups: dict[str, list[Actor]] = {}
        self._people: dict[int, Actor] = {}
        with site.database.reading() as session:
            active = select(Person.id).where(Person.is_active).order_by(Person.username)
            for person_id in session.scalars(active):
                person = identity.actor(session, person_id)
                self._people[person_id] = person
                for group in person.groups:
                    self._groups.setdefault(group, []).append(person)

    def named(self, username: str) -> Actor:
        """The person of that user name. Raises NobodyMay when there is none."""
        found = next((person for person in self._people.values() if person.username == username), None)
        if found is None:
            raise NobodyMay(task=username)
        return found

    def anybody(self, group: str, dice: random.Random, sees: Collection[str] = ()) -> Actor:
        """Somebody in `group` who sees the cases with the ids `sees`. Raises NobodyMay when there is nobody."""
        people = [person for person in self._groups.get(group, ()) if not sees or self._sees(person, sees)]
        if not people:
            raise NobodyMay(task=group)
        return dice.choice(people)

    def candidates(self, session: Session, task: UserTask, dice: random.Random) -> Sequence[Actor]:
        """The people who may do an open task: its assignee, else its groups, those who know the case first."""
        if task.assignee_id is not None:
            return [self._people[task.assignee_id]]
        offers = access.offers(session, task.id)
        members = (person for group in sorted(access.groups_of(offers)) for person in self._groups.get(group, []))
        people = {person.id: person for person in members if access.may_be_assigned(person, offers)}
        free = queries.free_to_do(session, self._site, task.id, people.values())
        acted = access.acted(session, task.instance_id)
        knows = {person_id for person_id, roles in acted.items() if task.role in roles}
        return sorted(free, key=lambda person: (person.id not in knows, dice.random()))

    def _sees(self, person: Actor, cases: Collection[str]) -> bool:
        seen = select(func.count()).where(
            ProcessInstance.id.in_(cases), access.visible_instances(person, self._site.applications)
        )
        with self._site.database.reading() as session:
            return session.scalar(seen) == len(cases)


def hire(
    site: Site,
    now: datetime,
    recruits: Sequence[Recruit] = (),
    *,
    password_hash: str = "",
    domain: str = "",
    per_group: int = PER_GROUP,
) -> None:
    """Add those of `recruits` who are not there yet, and `per_group` made-up people to every group that is still empty.

    Without `password_hash` nobody can log in, without `domain` nobody gets mail. Raises NotFound for an unknown group.
    """
    with site.database.transaction() as session:
        known = set(session.scalars(select(Person.username)))
        came = [recruit for recruit in recruits if recruit.username not in known]
        filled = {
            *session.scalars(select(Membership.group_key)),
            *(access.parts(key)[0] for each in came for key in each.groups),
        }
        filled |= {group.key for group in identity.OWN_GROUPS}
        for group in session.scalars(select(PersonGroup).order_by(PersonGroup.key)):
            if group.key not in filled:
                names = {f"{group.key}{number}": f"{group.name_zh} {number}" for number in range(1, per_group + 1)}
                came += [Recruit(username, name, (group.key,), LANGUAGES) for username, name in names.items()]
        for recruit in came:
            email = f"{recruit.username}@{domain}" if domain else ""
            person_id = identity.add_person(
                session, recruit.username, recruit.name, now, password_hash=password_hash, email=email
            )
            for key in recruit.groups:
                identity.add_to_group(session, person_id, *access.parts(key))
            identity.set_skills(session, person_id, recruit.skills)
        line = Line("people_added", "", {"usernames": [recruit.username for recruit in came]})
        history.audit(session, site.vault, site.node, line, actor=identity.SYSTEM.username, now=now)
