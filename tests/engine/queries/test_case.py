"""The panel beside a form: earlier answers, labels in the reader's language, nothing of what was erased."""

import pytest

from engine import commands, queries
from engine.errors import NotFound
from tests.office.installation import NOW


def answers(office, case_id, language="en"):
    return office.ask(queries.case, office.site, case_id, language=language, now=NOW).answers


def shown(view):
    return {node.label: node.shown for node in view.nodes if hasattr(node, "shown")}


def test_answers_of_earlier_steps_carry_labels_and_options(office):
    case_id = office.start()
    office.review(case_id, verdict=["no"], why=["Too much"])

    started, reviewed = answers(office, case_id)
    assert (started.name, started.by, shown(started.view)) == (
        "Request",
        "Ann",
        {"Title": ("alpha",), "Amount": ("7",)},
    )
    assert shown(reviewed.view) == {"Verdict": ("Refuse",), "Why": ("Too much",)}
    assert shown(answers(office, case_id, "zh")[1].view) == {"结论": ("不同意",), "理由": ("Too much",)}


def test_answers_before_the_last_are_folded_and_asked_for_one_by_one(office):
    case_id = office.start()
    office.review(case_id, verdict=["no"], why=["Too much"])

    asked = {"language": "en", "now": NOW}
    started, reviewed = office.ask(queries.case, office.site, case_id, newest_only=True, **asked).answers
    assert (started.name, started.by, started.is_folded, started.view) == ("Request", "Ann", True, None)
    assert shown(reviewed.view) == {"Verdict": ("Refuse",), "Why": ("Too much",)}

    unfolded = office.ask(queries.answers_of, office.site, case_id, started.number, **asked)
    assert shown(unfolded.view) == {"Title": ("alpha",), "Amount": ("7",)}
    with pytest.raises(NotFound):
        office.ask(queries.answers_of, office.site, case_id, 999, **asked)


def test_questions_that_were_not_answered_are_left_out(office):
    case_id = office.start()
    office.review(case_id)

    assert list(shown(answers(office, case_id)[1].view)) == ["Verdict"]


def test_erased_answers_are_told_but_not_shown(office):
    case_id = office.start()
    commands.cancel_instance(office.site, case_id, "mistake", actor=office.eva, now=NOW)
    commands.erase_person(office.site, case_id, "on request", actor=office.eva, now=NOW)

    assert [each.view for each in answers(office, case_id)] == [None]
