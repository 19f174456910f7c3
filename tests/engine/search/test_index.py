"""The index follows the cases, and forgets with them."""

import pytest
from sqlalchemy import select, text

from engine import search
from engine.applications import FoundBy
from engine.errors import NotFound
from engine.models import SearchEntry
from tests.applications import Office, model, task
from tests.counting import counting


class Words:
    """What the cases of the office are found by: level of the record → texts."""

    def __init__(self):
        self.of = {}
        self.broken = set()

    def __call__(self, _session, record):
        level = int(record.get("level") or 0)
        if level in self.broken:
            raise NotFound
        return FoundBy(texts=self.of.get(level, ()))


@pytest.fixture
def words():
    return Words()


@pytest.fixture
def office(database, vault, tmp_path, words):
    office = Office.on(database, vault, tmp_path, found_by=words)
    office.deploy(model(task("a") + task("b"), "start > a > b > end"))
    return office


def found(office, question):
    """The cases whose entries hold a question of one word of text."""
    [word] = search.asked(office.site.vault, question).words
    wanted = word[search.Kind.TEXT]
    entries = office.rows(SearchEntry)
    return [each.instance_id for each in entries if wanted <= set(each.tokens.replace("'", "").split())]


def start(office, level):
    return office.start(**{"file.level": level})


@pytest.mark.store
def test_a_tick_writes_what_changed_and_an_idle_one_nothing(office, words):
    words.of = {1: ["年费"], 2: ["退款"]}
    case = start(office, 1)
    assert found(office, "年费") == []

    office.tick()
    assert found(office, "年费") == [case]

    with counting(office.site.database) as count:
        office.tick()
    assert (len(count.statements), count.commits) == (1, 0)


@pytest.mark.store
def test_a_case_is_written_anew_when_its_words_changed(office, words):
    words.of = {1: ["年费"]}
    case = start(office, 1)
    office.tick()

    words.of = {1: ["退款"]}
    with office.site.database.transaction() as session:
        search.mark(session, case)
    office.tick()

    assert found(office, "年费") == []
    assert found(office, "退款") == [case]


@pytest.mark.store
def test_what_changes_while_it_is_read_is_written_next_time(office, words, monkeypatch):
    words.of = {1: ["年费"]}
    case = start(office, 1)

    def meanwhile(session, record):
        monkeypatch.setattr(Words, "__call__", plain)
        with office.site.database.transaction() as other:
            search.mark(other, case)
        return FoundBy(texts=["old"])

    plain = Words.__call__
    monkeypatch.setattr(Words, "__call__", lambda _self, session, record: meanwhile(session, record))
    search.follow(office.site)
    assert office.rows(SearchEntry) == []

    search.follow(office.site)
    assert found(office, "年费") == [case]


@pytest.mark.store
def test_words_that_are_read_while_their_person_is_erased_are_not_written(office, words, monkeypatch):
    case = start(office, 1)
    office.tick()

    def meanwhile(_self, _session, _record):
        with office.site.database.transaction() as other:
            office.site.vault.erase(other, office.instance(case).subject_id, office.now)
        return FoundBy(texts=["年费"])

    with office.site.database.transaction() as session:
        search.mark(session, case)
    with monkeypatch.context() as patched:
        patched.setattr(Words, "__call__", meanwhile)
        search.follow(office.site)

    assert [each.tokens for each in office.rows(SearchEntry)] == [""]


def test_a_case_whose_words_cannot_be_read_keeps_nobody_waiting(office, words):
    words.of, words.broken = {2: ["退款"]}, {1}
    start(office, 1)
    case = start(office, 2)

    assert search.follow(office.site) == 2
    assert search.follow(office.site) == 0
    assert [each.instance_id for each in office.rows(SearchEntry)] == [case]


@pytest.mark.store
def test_nothing_finds_the_case_of_a_person_who_was_erased(office, words):
    words.of = {1: ["年费"]}
    case = start(office, 1)
    office.tick()

    with office.site.database.transaction() as session:
        office.site.vault.erase(session, office.instance(case).subject_id, office.now)

    assert [each.tokens for each in office.rows(SearchEntry)] == [""]


@pytest.mark.store
def test_rebuilding_numbers_the_cases_in_the_order_in_which_they_came(office, words):
    words.of = {1: ["年费"], 2: ["年费"], 3: ["年费"]}
    cases = []
    for level in (1, 2, 3):
        office.wait(minutes=1)
        cases.append(start(office, level))
    office.tick()
    with office.site.database.transaction() as session:
        session.execute(text("DELETE FROM search_entry WHERE id = (SELECT min(id) FROM search_entry)"))

    assert sum(search.rebuild(office.site)) == 3

    with office.site.database.reading() as session:
        assert list(session.scalars(select(SearchEntry.instance_id).order_by(SearchEntry.id))) == cases


def test_neither_the_words_nor_their_order_stand_in_the_database(office, words):
    words.of = {1: ["信用卡年费"]}
    start(office, 1)
    office.tick()

    [entry] = office.rows(SearchEntry)
    tokens = entry.tokens.split()
    assert tokens == sorted(tokens)
    assert len(tokens) == 4 + len(office.rows(SearchEntry)[0].instance_id) - 2
    assert all(token.isascii() for token in tokens)
