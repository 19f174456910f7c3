"""For whoever watches the process."""

from datetime import timedelta

from sqlalchemy import text

from engine.models import Mark
from tests.office.installation import NOW
from webforms.health import TICK


def tick(office, at):
    with office.site.database.transaction() as session:
        session.merge(Mark(name=TICK, value=at.isoformat()))


def test_a_process_that_answers_is_up(browser):
    assert browser().get("/healthz").answer.json == {"status": "up"}


def test_it_is_ready_while_the_scheduler_ticks(office, browser):
    tick(office, NOW - timedelta(minutes=1))
    assert browser().get("/readyz").answer.json["status"] == "ready"

    tick(office, NOW - timedelta(hours=1))
    assert "has not ticked" in browser().get("/readyz", status=503).answer.json["reasons"][0]


def test_it_is_not_ready_on_tables_of_another_version(app, office, browser):
    app.config["MIGRATION_HEAD"] = "b2"
    with office.site.database.transaction() as session:
        session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        session.execute(text("INSERT INTO alembic_version VALUES ('a1')"))

    assert "migration a1" in browser().get("/readyz", status=503).answer.json["reasons"][0]


def test_it_is_not_ready_without_its_tables(app, browser):
    app.config["MIGRATION_HEAD"] = "b2"

    assert "does not answer" in browser().get("/readyz", status=503).answer.json["reasons"][0]
