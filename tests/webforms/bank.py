"""An installation with the complaint application as it is shipped: the consumer's pages over a real case."""

import re
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

import processes
from engine import clock, commands, definitions, identity, jobs
from engine.db import Base, Database
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.site import Site
from engine.vault import Vault
from webforms import intake, make_app, studio, tracking

#: Monday, 09:00 in Shanghai.
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)

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


class Post:
    """A mail port that keeps what it was given."""

    def __init__(self):
        self.sent = []

    def send(self, to, subject, text, html, message_id):
        self.sent.append((to, subject, text))


class Bank:
    """The installation and its mail."""

    def __init__(self, folder):
        definitions.forget()
        self.post = Post()
        self.database = Database(f"sqlite:///{folder / 'redress.db'}")
        Base.metadata.create_all(self.database.write)
        ports = {"mail": self.post, "public_url": "https://example.test/track"}
        self.site = Site(self.database, processes.load(), Vault(bytes(range(32))), folder / "files", ports)
        with self.database.transaction() as session:
            identity.add_missing_groups(session, (*identity.OWN_GROUPS, *self.site.applications["complaint"].groups))
        commands.ship(self.site, "complaint", now=NOW)

    def person(self, username, *groups) -> Actor:
        """Somebody new in `groups`."""
        with self.database.transaction() as session:
            person_id = identity.add_person(session, username, username.title(), NOW)
            for group in groups:
                identity.add_to_group(session, person_id, group)
            return identity.actor(session, person_id)

    def only_case_id(self) -> str:
        """The id of the one case there is."""
        with self.database.reading() as session:
            return session.scalars(select(ProcessInstance.id)).one()

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


def app_of(bank: Bank, folder) -> Flask:
    """The pages of `bank`."""
    app = register(make_app(bank.site, "secret", folder, secure=False))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False, PROPAGATE_EXCEPTIONS=True)
    return app


def register(app: Flask) -> Flask:
    """`app` with the pages of consumers and process owners."""
    for module in (intake, tracking, studio):
        if module.pages.name not in app.blueprints:
            app.register_blueprint(module.pages)
    return app


def file_complaint(browser, **changed):
    """Send the whole form at once, as the last page does; gives number and access code."""
    page = browser.post("/complain/form", 303, _step="check", **{**ANSWERS, **changed})
    assert page.to == "/complain/receipt"
    shown = browser.get("/complain/receipt").all(".reference-box strong")
    assert re.fullmatch(r"TS-\d{8}-\w+-\d{5}", shown[0])
    return shown[0], shown[1]
