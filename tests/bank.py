"""An installation with the complaint application as it is shipped: a real database, and mail that is kept."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

import processes
from engine import access, clock, commands, identity, jobs, organisation
from engine.commands import Submitted
from engine.db import Database
from engine.errors import TopicFailed
from engine.identity import CONSUMER, Actor
from engine.models import ProcessInstance
from engine.site import Site
from engine.vault import Vault
from processes.complaint import access_code
from tests.stores import copied

#: Monday, 09:00 in Shanghai.
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
#: Before anything that tests let happen.
SHIPPED_AT = datetime(2023, 6, 1, 6, tzinfo=UTC)

#: A complaint of our own writing, as the pages of the form send it.
ANSWERS = {
    "complaint.capacity": "self",
    "complaint.person.full_name": "王小明",
    "complaint.person.mobile": "13800138000",
    "complaint.person.email": "wang@example.test",
    "complaint.preferred_channel": "email",
    "complaint.language": "zh",
    "complaint.narrative": "信用卡年费未经告知被收取，要求退还。",
    "complaint.demands": "D.REFUND",
    "complaint.truth_statement": "true",
    "complaint.privacy_notice_read": "true",
}


def fields(**changed):
    """ANSWERS, some of them `changed`, name → texts."""
    return {name: [value] for name, value in {**ANSWERS, **changed}.items()}


def site_on(database, folder, ports=None) -> Site:
    """The installation over `database`; its files lie in `folder`."""
    return Site(database, processes.load(), Vault(bytes(range(32))), folder / "files", ports or {})


def set_up(site: Site):
    """What the first start does: the key's mark, all groups, the shipped process."""
    with site.database.transaction() as session:
        site.vault.mark_key(session)
        complaint = site.applications["complaint"]
        identity.add_missing_groups(session, (*identity.OWN_GROUPS, *complaint.groups))
        organisation.materialise(session, complaint.organisation())
    with clock.at(SHIPPED_AT):
        commands.ship(site, "complaint", now=SHIPPED_AT)


def ship(database: Database):
    """`set_up` for `copied`."""
    set_up(site_on(database, Path()))


def open_site(folder, ports=None) -> Site:
    """An empty installation with the shipped process and all its groups."""
    return site_on(copied(folder, ship), folder, ports)


class Post:
    """A mail port that keeps what it was given, and fails as often as it is told to."""

    def __init__(self):
        self.sent = []
        self.failures = 0

    def send(self, to, subject, text, html, message_id):
        if self.failures:
            self.failures -= 1
            raise TopicFailed(why="the mail server cannot be reached")
        self.sent.append((to, subject, text, html, message_id))


@dataclass(frozen=True)
class Filed:
    """A complaint: its case, its number, and the code that opens it."""

    case_id: str
    number: str
    code: str


class Bank:
    """The installation and its mail."""

    def __init__(self, folder):
        self.post = Post()
        self.site = open_site(folder, {"mail": self.post, "public_url": "https://example.test/track"})
        self.database = self.site.database

    def person(self, username, *groups) -> Actor:
        """Somebody new in `groups`, each as `group` or `group@UNIT`."""
        with self.database.transaction() as session:
            person_id = identity.add_person(session, username, username.title(), NOW)
            for group in groups:
                identity.add_to_group(session, person_id, *access.parts(group))
            return identity.actor(session, person_id)

    def file(self, **changed):
        """File a complaint without a page: ANSWERS, some of them `changed`."""
        sent = Submitted(fields(**changed))
        started = commands.start_instance(self.site, "complaint", sent, actor=CONSUMER, now=clock.now())
        case_id = started["instance_id"]
        with self.reading() as session:
            number = session.get_one(ProcessInstance, case_id).business_key
            return Filed(case_id, number, access_code.current(session, case_id))

    @contextmanager
    def reading(self):
        """A session that can read what is encrypted."""
        with self.database.reading() as session:
            session.info["vault"] = self.site.vault
            yield session

    def only_case_id(self) -> str:
        """The id of the one complaint there is."""
        with self.database.reading() as session:
            complaints = select(ProcessInstance.id).where(ProcessInstance.key == "complaint")
            return session.scalars(complaints).one()

    def change(self, instance_id, **values):
        """Set columns of the complaint's row, as work on the case would."""
        with self.database.transaction() as session:
            session.info["vault"] = self.site.vault
            record = self.site.applications["complaint"].record.open(session, instance_id)
            for path, value in values.items():
                setattr(record.complaint, path, value)

    def work(self):
        """The machine does what is due."""
        jobs.tick(self.site, clock.now())
