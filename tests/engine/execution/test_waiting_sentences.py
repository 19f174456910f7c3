"""Sentences in both languages, and how what they speak of is written."""

import string
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.bpmn.elements import Element
from engine.dryrun import texts as remarks
from engine.execution.waiting import Said, Sentence, paragraph, plain, texts
from engine.execution.waiting.sentences import Incoming

ASK = Element("a", "Ask", "userTask", properties={"name:zh": "询问"})
SENTENCES = {
    name: each for module in (texts, remarks) for name, each in vars(module).items() if isinstance(each, Sentence)
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_speaks_of_the_same_in_both_languages_and_ends(name):
    said = [{part for _, part, *_ in string.Formatter().parse(text) if part} for text in SENTENCES[name]]

    assert said[0] == said[1]
    assert SENTENCES[name].en[-1] in ".?}"
    assert SENTENCES[name].zh[-1] in "。？}"


@pytest.mark.parametrize(
    ("value", "en", "zh", "data"),
    [
        (ASK, "“Ask” (a)", "“询问”（a）", "a"),
        (Element("b", "", "task"), "b", "b", "b"),
        ((ASK, 2), "“Ask” (a), 2", "“询问”（a）、2", ["a", 2]),
        ((), "none", "无", []),
        (Incoming("f", ASK), "f (from “Ask” (a))", "f（来自“询问”（a））", "f"),
        ({"n": Decimal(1), "s": "x"}, 'n = 1, s = "x"', 'n = 1、s = "x"', {"n": Decimal(1), "s": "x"}),
        (
            datetime(2026, 3, 2, 1, tzinfo=UTC),
            "2026-03-02 09:00:00",
            "2026-03-02 09:00:00",
            "2026-03-02T01:00:00+00:00",
        ),
    ],
)
def test_what_a_sentence_speaks_of_is_written_for_people_and_for_programs(value, en, zh, data):
    said = Said(Sentence("{it}!", "{it}！"), {"it": value})

    assert (said.text("en"), said.text("zh")) == (f"{en}!", f"{zh}！")
    assert plain(value) == data


def test_long_values_are_cut():
    said = Said(Sentence("{values}", "{values}"), {"values": {"s": "x" * 1000}})

    assert len(said.text("en")) < 220


def test_sentences_follow_each_other_with_a_space_in_english_only():
    said = (Said(Sentence("A.", "甲。")), Said(Sentence("B.", "乙。")))

    assert (paragraph(said, "en"), paragraph(said, "zh")) == ("A. B.", "甲。乙。")
