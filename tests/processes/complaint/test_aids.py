"""Standard answers and technique cards: chosen by step and case, filled with what the reader sees anyway."""

import re
from datetime import date

import pytest

from engine import clock, reference
from engine.reference.table import SEPARATOR
from processes.complaint import application
from processes.complaint.aids import GAPS, aids
from processes.complaint.reference_tables.aids import PLACEHOLDERS, STEPS, placeholders
from processes.complaint.register import REGISTER
from tests.processes.complaint.filing import SUBMITTED, local
from tests.processes.complaint.reference_tables.rows import changed, refused

ANSWERS, CARDS = reference.rows("standard_answers"), reference.rows("technique_cards")


@pytest.fixture
def helped(transaction, file_complaint):
    """What helps at a step of a complaint: (step, the reader's language, columns of the complaint) → Aids."""

    def helped(step, reader="zh", **columns):
        with clock.at(local("2026-03-11")), transaction() as session:
            complaint = REGISTER.open(session, "case-1").complaint
            for name, value in columns.items():
                setattr(complaint, name, value)
            return aids(session, "case-1", step, "陈静", reader)

    file_complaint()
    return helped


def keys(found):
    return {answer.key for answers in found.answers.values() for answer in answers}


def text(found, key):
    return next(each.text for answers in found.answers.values() for each in answers if each.key == key)


def test_there_are_enough_of_both_and_every_scene_has_an_answer():
    assert len(ANSWERS) >= 20
    assert len(CARDS) >= 10
    assert {row["scene"] for row in ANSWERS} >= {"soothe", "material", "clock", "apology", "refuse", "close", "review"}


def test_texts_name_only_steps_of_the_shipped_models():
    models = [file.read_text("utf-8") for file in application.folder.glob("*.bpmn")]
    found = {each for model in models for each in re.findall(r'userTask id="(\w+)"', model)}

    assert set(STEPS) <= found


def test_every_placeholder_has_words_for_what_is_not_known():
    assert set(GAPS) == PLACEHOLDERS


def test_answers_are_those_for_the_step_and_the_business(helped):
    card = helped("first_contact", cat_b="B.CARD.CREDIT.USE")
    savings = helped("first_contact", cat_b="B.SAV")

    assert {"soothe_first", "ask_material", "explain_clock", "card_fraud"} <= keys(card)
    assert "card_fraud" not in keys(savings)
    assert "review_outcome" not in keys(card)
    assert "安抚" in card.answers
    assert next(iter(card.answers)) != "说明期限"  # what is for all steps comes last


def test_an_answer_is_filled_with_what_stands_beside_the_form_and_masked_as_there(helped):
    wanted = changed("standard_answers", "explain_clock", zh="{name}{number}{reply_by}{me}", en="{name}")
    with reference.instead("standard_answers", tuple(wanted)):
        found = text(helped("plan"), "explain_clock")
    number = re.search(r"TS-\d{8}-\w+-\d{5}", found)[0]

    assert found.endswith(f"{number}【提交期限】陈静")
    assert SUBMITTED["person.full_name"] not in found
    assert "*" in found


def test_the_text_speaks_the_language_of_the_complainant_and_the_title_that_of_the_reader(helped):
    found = helped("plan", "zh", language="en")

    assert "We received your complaint on 10 March 2026" in text(found, "explain_clock")
    assert [each.title for each in found.answers["说明期限"] if each.key == "explain_clock"] == ["说明办理期限"]
    assert "您的投诉于2026年3月10日收到" in text(helped("plan", "en", language="zh"), "explain_clock")


def test_a_companion_case_is_told_no_facts_of_its_complaint(transaction):
    with clock.at(local("2026-03-11")), transaction() as session:
        found = aids(session, "elsewhere", "review_examine", "曹颖", "en")

    assert "[number]" in text(found, "soothe_waited")
    assert text(found, "review_outcome")


def test_cards_that_fit_the_case_come_first(helped):
    plain = helped("first_contact", "en")
    assert not [card for card in plain.cards if card.fits]

    found = helped("first_contact", "en", special_needs=["elderly"], emotion="angry", joint_persons=7)
    assert {card.key for card in found.cards if card.fits} == {"elderly", "angry", "yourself", "group"}
    assert [card.fits for card in found.cards] == sorted((card.fits for card in found.cards), reverse=True)
    assert "An angry caller" in {card.title for card in found.cards}
    assert helped("archive").cards == []


def test_texts_hold_for_their_days_only(helped):
    ended = changed("standard_answers", "soothe_first", effective_to=str(date(2026, 3, 10)))
    with reference.instead("standard_answers", tuple(ended)):
        assert "soothe_first" not in keys(helped("first_contact"))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"zh": "{secret}", "en": "{secret}"}, "There is no “{secret}”; possible are business"),
        ({"zh": "{number}", "en": "none"}, "do not use the same names"),
        ({"zh": "{number", "en": "{number}"}, "braces do not fit"),
        ({"steps": "lunch"}, "There is no code “lunch”"),
        ({"scene": "lunch"}, "There is no code “lunch”"),
    ],
)
def test_an_answer_that_could_not_be_filled_or_found_is_refused(cells, found):
    assert any(
        found in text for _, _, text in refused("standard_answers", changed("standard_answers", "offer", **cells))
    )


@pytest.mark.parametrize("row", [*ANSWERS, *CARDS], ids=lambda row: row["key"])
def test_what_is_shipped_promises_nothing_and_asks_for_no_withdrawal(row):
    assert all(each in STEPS for each in filter(None, row["steps"].split(SEPARATOR)))
    assert placeholders(row["zh"]) == placeholders(row["en"])
    for word in ("保证", "一定会", "请撤回", "请您撤", "guarantee", "we promise"):
        assert word not in row["zh"] + row["en"]
