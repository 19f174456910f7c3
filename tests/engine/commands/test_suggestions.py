"""Suggestions for steps: with the name or without it, and what process owners make of them."""

import pytest

from engine import commands
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.models import Suggestion
from engine.queries.suggestions import own_suggestions, suggestions, waiting_suggestions
from tests.applications import DESK, KEY


@pytest.fixture
def task_id(office):
    office.deploy(DESK)
    office.start()
    return office.claim("a")


def propose(office, task_id, text="Ask less here", *, by="ann", anonymous=False):
    return office.do(commands.suggest, task_id, text, by=by, anonymous=anonymous)


def listed(office):
    with office.site.database.reading() as session:
        return suggestions(session, office.site, KEY, "en")


@pytest.mark.store
def test_a_suggestion_is_about_the_step_of_a_version(office, task_id):
    propose(office, task_id)
    office.deploy(DESK.replace(b'id="end"', b'id="end9"').replace(b'targetRef="end"', b'targetRef="end9"'))

    row = listed(office)[0]
    assert (row.version, row.element_id, row.by, row.text) == (1, "a", "Ann", "Ask less here")
    assert b"Ask less" not in office.rows(Suggestion)[0].sealed_text


def test_whoever_stays_unknown_leaves_neither_name_nor_hour(office, task_id):
    propose(office, task_id, anonymous=True)

    row = office.rows(Suggestion)[0]
    assert row.person_id is None
    assert row.created_at.isoformat() == "2026-03-01T16:00:00+00:00"  # midnight in Shanghai
    assert listed(office)[0].by == ""


def test_process_owners_answer_and_the_one_who_wrote_it_reads_that(office, task_id):
    first, second = propose(office, task_id), propose(office, task_id, "And another")
    with pytest.raises(NotAllowed):
        office.do(commands.settle_suggestion, first, "no", by="ann")
    with pytest.raises(NotFound):
        office.do(commands.settle_suggestion, "nothing", "", by="olga")
    office.do(commands.settle_suggestion, first, "Done in version 2", by="olga")
    with office.site.database.reading() as session:
        assert waiting_suggestions(session, KEY) == 1
        own = own_suggestions(session, office.site, office.people["ann"], "en")
    office.do(commands.settle_suggestion, second, "", by="olga")

    assert [(row.id, row.answer) for row in own] == [(second, ""), (first, "Done in version 2")]
    assert all(row.settled_at for row in listed(office))


def test_only_those_who_see_the_task_suggest_and_in_words(office, task_id):
    with pytest.raises(NotFound):
        propose(office, task_id, by="out")
    for text in ("", "ok", "x" * 2001):
        with pytest.raises(InvalidInput):
            propose(office, task_id, text)
    assert office.rows(Suggestion) == []
