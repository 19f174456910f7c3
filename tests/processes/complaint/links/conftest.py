"""Complaints of one person, and people who decide about them."""

import pytest

from engine import clock, identity
from engine.db import Database
from processes.complaint.links import commands
from tests.processes.complaint.filing import SUBMITTED, local

OTHER = {
    "person.full_name": "李四",
    "person.mobile": "13900009000",
    "person.email": "li@example.test",
    "narrative": "柜员态度很差，让我等了两个小时。",
}


@pytest.fixture
def database(store, tmp_path):
    """SQLite; PostgreSQL too for tests marked `store`."""
    url = store.url(tmp_path)
    database = Database(url)
    yield database
    database.dispose()
    store.drop(url)


@pytest.fixture
def hire(site):
    """Makes somebody in groups: (username, …) → actor."""

    def hire(username, *groups):
        with site.database.transaction() as session:
            identity.add_missing_groups(session, (*identity.OWN_GROUPS, *site.applications["complaint"].groups))
            person_id = identity.add_person(session, username, username.title(), local("2026-01-01"))
            for group in groups:
                identity.add_to_group(session, person_id, group)
            return identity.actor(session, person_id)

    return hire


@pytest.fixture
def lin(hire):
    return hire("lin", "intake")


@pytest.fixture
def filed(file_complaint):
    """Files complaints: (`name=values` or `name=None` for the usual ones, each a day later) → nothing."""

    def filed(**complaints):
        for day, (name, values) in enumerate(complaints.items(), 10):
            file_complaint(name, {**SUBMITTED, **(values or {})}, local(f"2026-03-{day}"), number=f"TS-{name.upper()}")

    return filed


@pytest.fixture
def link(site, lin):
    """Links two complaints by name: (one, other, kind) → nothing."""

    def link(one, other, kind="repeat", actor=lin):
        at = local("2026-03-20")
        with clock.at(at):
            commands.link_cases(site, one, f"ts-{other}", kind, "同一事项", actor=actor, now=at)

    return link


@pytest.fixture
def merge(site, lin):
    """Merges one complaint into another by name: (one, other) → number of the root."""

    def merge(one, other, actor=lin):
        at = local("2026-03-20")
        with clock.at(at):
            return commands.merge_case(site, one, f"TS-{other.upper()}", "同一投诉", actor=actor, now=at)

    return merge
