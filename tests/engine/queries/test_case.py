"""The panel beside a form: earlier answers, labels in the reader's language, nothing of what was erased."""

from engine import commands, queries
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


def test_questions_that_were_not_answered_are_left_out(office):
    case_id = office.start()
    office.review(case_id)

    assert list(shown(answers(office, case_id)[1].view)) == ["Verdict"]


def test_erased_answers_are_told_but_not_shown(office):
    case_id = office.start()
    commands.cancel_instance(office.site, case_id, "mistake", actor=office.eva, now=NOW)
    commands.erase_person(office.site, case_id, "on request", actor=office.eva, now=NOW)

    assert [each.view for each in answers(office, case_id)] == [None]
