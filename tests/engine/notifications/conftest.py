"""An office with mail, and people with addresses and languages."""

import pytest

from engine import commands
from engine.models import Notification, Person
from tests.applications import DESK, Office
from tests.bank import Post


class Newsroom:
    """The office, its mail, and what people are told."""

    def __init__(self, office):
        self.office, self.post, self.site = office, office.site.ports["mail"], office.site

    def reads(self, username, language="en"):
        """Give somebody an address and a language."""
        with self.site.database.transaction() as session:
            row = session.get_one(Person, self.office.people[username].id)
            row.email, row.language = f"{username}@office.test", language

    def chooses(self, username, **ways):
        commands.choose_notifications(self.site, ways, actor=self.office.people[username])

    def of(self, username):
        """The events that somebody is told of, the oldest first."""
        rows = self.office.rows(Notification, Notification.person_id == self.office.people[username].id)
        return [row.event for row in sorted(rows, key=lambda row: row.id)]


@pytest.fixture
def office(database, vault, tmp_path):
    office = Office.on(database, vault, tmp_path)
    ports = {"mail": Post(), "public_url": "https://office.test"}
    office = Office(type(office.site)(**{**vars(office.site), "ports": ports}), office.topics)
    office.meet()
    office.deploy(DESK)
    return office


@pytest.fixture
def news(office):
    return Newsroom(office)
