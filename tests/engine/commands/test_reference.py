"""Proposing other rows of a table, and a second person's decision."""

import pytest

from engine import commands, reference
from engine.commands.reference import in_force_of
from engine.errors import Conflict, FourEyes, InvalidInput, InvalidTable, NotAllowed, NotFound
from engine.identity import Actor
from engine.models import HistoryEvent, ReferenceVersion
from engine.queries.reference import changes_of, open_proposals, rows_of, table_version, table_versions
from engine.reference import Flaw
from tests.applications import Office
from tests.counting import counting
from tests.engine.reference.prices import prices, row

pytestmark = pytest.mark.store

SHIPPED = [row("tea", "2.50", "green"), row("nuts", "3", note="salted")]
DEARER = [row("tea", "2.50", "green"), row("nuts", "4", note="salted")]


@pytest.fixture
def office(database, vault, tmp_path):
    return Office.on(database, vault, tmp_path, tables=reference.declare(prices()))


def propose(office, rows=DEARER, by="olga", base=0, comment="prices rise"):
    return commands.propose_rows(
        office.site, "prices", rows, base=base, comment=comment, actor=office.people[by], now=office.now
    )


def confirm(office, number, by="root"):
    commands.confirm_version(office.site, "prices", number, actor=office.people[by], now=office.now)


def reject(office, number, reason="too dear", by="root"):
    commands.reject_version(office.site, "prices", number, reason, actor=office.people[by], now=office.now)


def audited(office):
    with office.site.database.reading() as session:
        lines = session.query(HistoryEvent.kind, HistoryEvent.actor).filter(HistoryEvent.stream.startswith("audit:"))
        return [tuple(line) for line in lines.order_by(HistoryEvent.sequence)]


def versions(office):
    with office.site.database.reading() as session:
        return table_versions(session, "prices")


def test_a_change_counts_once_a_second_person_confirmed_it(office):
    number = propose(office)
    assert list(reference.rows("prices")) == SHIPPED

    confirm(office, number)

    assert list(reference.rows("prices")) == DEARER
    [version] = versions(office)
    assert (version.state, version.proposed_by, version.decided_by) == ("confirmed", "Olga", "Root")
    assert audited(office) == [("table_proposed", "olga"), ("table_confirmed", "root")]


def test_what_changed_can_be_read_again_later(office):
    confirm(office, propose(office))
    confirm(office, propose(office, [row("tea", "9")], base=1))

    with office.site.database.reading() as session:
        table = office.site.applications.table("prices")
        first, second = (changes_of(session, table, table_version(session, "prices", n)) for n in (1, 2))
        assert list(rows_of(session, table, 0)) == SHIPPED
        assert in_force_of(session, table)[0] == 2
    assert first.counts == {"added": 0, "changed": 1, "ended": 0, "removed": 0}
    assert second.counts == {"added": 0, "changed": 1, "ended": 0, "removed": 1}


def test_whoever_proposed_a_change_cannot_confirm_it(office):
    number = propose(office)

    with pytest.raises(FourEyes):
        confirm(office, number, by="olga")
    assert versions(office)[0].is_open


@pytest.mark.parametrize("by", ["ann", "out"])
def test_only_process_owners_and_admins_propose_and_confirm(office, by):
    with pytest.raises(NotAllowed):
        propose(office, by=by)
    number = propose(office)
    with pytest.raises(NotAllowed):
        confirm(office, number, by=by)
    with pytest.raises(NotAllowed):
        reject(office, number, by=by)


def test_the_machine_is_nobody_who_can_propose(office):
    office.people["machine"] = Actor(None, "system", "system", frozenset({"admin"}))

    with pytest.raises(NotAllowed):
        propose(office, by="machine")


def test_one_proposal_of_a_table_is_open_at_a_time(office):
    number = propose(office)

    with pytest.raises(Conflict, match="waits to be confirmed"):
        propose(office, [row("rice")], by="root")
    reject(office, number)
    assert propose(office, [row("rice")]) == 2


def test_a_proposal_over_rows_that_are_no_longer_in_force_is_refused(office):
    confirm(office, propose(office))

    with pytest.raises(Conflict, match="changed in the meantime"):
        propose(office, SHIPPED, base=0)


def test_a_decided_change_stays_decided(office):
    number = propose(office)
    reject(office, number)

    with pytest.raises(Conflict, match="decided"):
        confirm(office, number)
    with pytest.raises(Conflict, match="decided"):
        reject(office, number)
    assert list(reference.rows("prices")) == SHIPPED


def test_rejecting_needs_a_reason_and_withdrawing_ones_own_does_not(office):
    number = propose(office)
    with pytest.raises(InvalidInput, match="say why"):
        reject(office, number, reason=" ")

    reject(office, number, reason="", by="olga")

    assert versions(office)[0].state == "withdrawn"
    assert audited(office)[-1] == ("table_withdrawn", "olga")


def test_rows_with_flaws_are_refused_with_all_of_them(office):
    with pytest.raises(InvalidTable) as refusal:
        propose(office, [row("", "x"), row("salt", "-")])

    assert [(flaw.row, flaw.column) for flaw in refusal.value.flaws] == [(2, "thing"), (2, "price"), (3, "price")]
    assert versions(office) == ()


def test_rows_that_change_nothing_and_a_missing_comment_are_refused(office):
    with pytest.raises(InvalidInput, match="in force already"):
        propose(office, SHIPPED)
    with pytest.raises(InvalidInput, match="what changes"):
        propose(office, comment=" ")


def test_a_table_or_version_that_does_not_exist_is_not_found(office):
    with pytest.raises(NotFound, match="no table “nowhere”"):
        commands.reject_version(office.site, "nowhere", 1, "", actor=office.people["root"], now=office.now)
    with pytest.raises(NotFound):
        confirm(office, 7)


def test_what_the_database_speaks_against_refuses_a_change(database, vault, tmp_path):
    def objection(session, before, after):
        assert session is not None
        if len(after) < len(before):
            yield Flaw(None, "thing", "不能删除", "nothing is taken away")

    office = Office.on(database, vault, tmp_path, tables=reference.declare(prices(objections=objection)))

    with pytest.raises(InvalidTable) as refusal:
        propose(office, SHIPPED[:1])
    assert refusal.value.flaws[0].en == "nothing is taken away"


def test_whoever_keeps_more_of_a_table_learns_of_its_new_rows_in_the_same_transaction(database, vault, tmp_path):
    told = []

    def confirmed(session, rows):
        told.append((session.query(ReferenceVersion.state).scalar(), [each["thing"] for each in rows]))

    office = Office.on(database, vault, tmp_path, tables=reference.declare(prices(confirmed=confirmed)))
    confirm(office, propose(office, [row("rice")]))

    assert told == [("confirmed", ["rice"])]


def test_a_shipped_row_of_an_overlaid_table_cannot_be_taken_away(database, vault, tmp_path):
    office = Office.on(database, vault, tmp_path, tables=reference.declare(prices(overlays=True)))

    with pytest.raises(InvalidInput, match="in force already"):
        propose(office, SHIPPED[:1])
    confirm(office, propose(office, [row("rice")]))
    assert [each["thing"] for each in reference.rows("prices")] == ["tea", "nuts", "rice"]


def test_a_command_is_one_commit_of_few_statements(office):
    with counting(office.site.database) as count:
        number = propose(office)
    assert (count.commits, len(count.statements) <= 15) == (1, True)
    with counting(office.site.database) as count:
        confirm(office, number)
    assert (count.commits, len(count.statements) <= 15) == (1, True)


def test_open_proposals_are_found_by_their_table(office):
    propose(office)

    with office.site.database.reading() as session:
        assert open_proposals(session)["prices"].comment == "prices rise"
