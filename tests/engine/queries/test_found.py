"""Searching cases: what is found, in which order, and by whom."""

import pytest

from engine import queries, search
from engine.applications import FoundBy
from engine.queries import found
from engine.search import Kind
from tests.applications import model, task
from tests.units import hire, open_units

TEXTS = {
    1: FoundBy(texts=["信用卡年费未经告知被收取"], names=["王小明"], phones=["13800138000"]),
    2: FoundBy(texts=["The annual fee, 年费"], names=["John Smith"], numbers=["A-77"]),
    3: FoundBy(texts=["贷款利息"], names=["王小明"]),
}


def found_by(_session, record):
    return TEXTS.get(int(record.get("level") or 0), FoundBy())


def number(_session, values, _now):
    return f"TS-{values['file.level']:05}"


@pytest.fixture
def office(database, vault, tmp_path):
    office = open_units(database, vault, tmp_path, found_by=found_by, number=number)
    office.deploy(model(task("a"), "start > a > end"))
    for level, unit in ((1, "N1"), (2, "S1"), (3, "HQ")):
        office.wait(minutes=1)
        office.start(**{"file.level": level, "file.phase": unit})
    office.tick()
    return office


def ask(office, question, by="root", page=1):
    asked = search.asked(office.site.vault, question)
    with office.site.database.reading() as session:
        return queries.found_cases(session, office.site, asked, office.people[by], "en", page)


def numbers(office, question, by="root"):
    return [row.number[-1] for row in ask(office, question, by).rows]


@pytest.mark.store
@pytest.mark.parametrize(
    ("question", "expected", "where"),
    [
        ("年费", "21", [Kind.TEXT]),
        ("信用卡", "1", [Kind.TEXT]),
        ("annual FEE", "2", [Kind.TEXT]),
        ("王小明", "31", [Kind.NAME]),
        ("smith", "2", [Kind.NAME]),
        ("王小明 年费", "1", [Kind.NAME, Kind.TEXT]),
        ("+86 138 0013 8000", "1", [Kind.PHONE]),
        ("a-77", "2", [Kind.NUMBER]),
        ("ts-000", "321", [Kind.NUMBER]),
        ("TS-00002", "2", [Kind.NUMBER]),
        ("用户", "", []),
        ("👍", "", []),
    ],
)
def test_cases_are_found_newest_first_and_it_is_told_by_what(office, question, expected, where):
    findings = ask(office, question)

    assert "".join(row.number[-1] for row in findings.rows) == expected
    assert list(findings.rows[-1].where if findings.rows else ()) == where
    assert (findings.total, findings.has_more) == (len(expected), False)


@pytest.mark.store
def test_people_find_the_cases_of_their_own_units_only(office):
    hire(office, "nora", "clerk@N")
    hire(office, "sam", "clerk@S1")
    hire(office, "all", "clerk")

    assert numbers(office, "年费", by="nora") == ["1"]
    assert numbers(office, "年费", by="sam") == ["2"]
    assert numbers(office, "TS-0", by="nora") == ["1"]
    assert numbers(office, "王小明", by="all") == ["3", "1"]
    with office.site.database.reading() as session:
        assert queries.case_numbered(session, office.site, office.people["nora"], "TS-00002") is None
        assert queries.case_numbered(session, office.site, office.people["nora"], "TS-00001")


@pytest.mark.store
def test_people_of_no_group_of_the_application_find_nothing(office):
    hire(office, "nobody")

    assert numbers(office, "年费", by="nobody") == []
    assert numbers(office, "TS-00001", by="nobody") == []


@pytest.mark.store
def test_a_row_tells_who_has_the_case(office):
    assert ask(office, "贷款").rows[0].who == ("Front desk",)
    office.claim("a", case=ask(office, "贷款").rows[0].instance_id)

    assert ask(office, "贷款").rows[0].who == ("Ann",)


def test_long_lists_come_in_pages_and_are_counted_up_to_a_bound(office, monkeypatch):
    monkeypatch.setattr(found, "PER_PAGE", 2)
    findings = ask(office, "TS-0", page=2)
    assert ([row.number[-1] for row in findings.rows], findings.page, findings.pages) == (["1"], 2, 2)
    assert ask(office, "TS-000", page=99).page == 2
    assert ask(office, "TS-000", page=-1).page == 1

    monkeypatch.setattr(found, "MOST_FOUND", 2)
    findings = ask(office, "TS-000")
    assert (findings.total, findings.has_more, len(findings.rows)) == (2, True, 2)
