"""The audit streams, day by day and person by person."""

from datetime import date, timedelta

from engine import history
from engine.history import Line
from engine.queries.audit import audit_lines, audited_people
from tests.office.installation import NOW

TODAY = date(2026, 3, 2)


def tell(office, kind, actor="ann", at=NOW, node="web", **detail):
    with office.site.database.transaction() as session:
        history.audit(session, office.site.vault, node, Line(kind, "", detail), actor=actor, now=at)


def kinds(office, **asked):
    return [row.kind for row in office.ask(audit_lines, **{"day": TODAY, **asked}).rows]


def test_a_day_shows_the_lines_of_all_nodes_newest_first(office):
    tell(office, "logged_in", at=NOW + timedelta(hours=1))
    tell(office, "logged_out", at=NOW + timedelta(hours=2), node="worker")
    tell(office, "logged_in", at=NOW + timedelta(days=1))

    assert kinds(office) == ["logged_out", "logged_in", "shipped"]
    assert kinds(office, day=TODAY + timedelta(days=1)) == ["logged_in"]
    assert office.ask(audit_lines, day=TODAY).rows[0].node == "worker"


def test_one_person_can_be_asked_for(office):
    tell(office, "logged_in")
    tell(office, "logged_in", "ben")
    row = office.ask(audit_lines, day=TODAY, username="ben").rows

    assert [(each.username, each.name) for each in row] == [("ben", "Ben")]


def test_long_days_come_in_pages(office):
    for number in range(60):
        tell(office, f"kind{number}")
    first, last = (office.ask(audit_lines, day=TODAY, page=page) for page in (1, 9))

    assert (len(first.rows), first.pages, first.total) == (50, 2, 61)
    assert (len(last.rows), last.page) == (11, 2)


def test_what_happened_in_a_case_is_not_part_of_it(office):
    office.review(office.start())

    assert kinds(office) == ["shipped"]


def test_everybody_can_be_chosen(office):
    assert ("ann", "Ann") in office.ask(audited_people)
