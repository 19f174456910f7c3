"""Filling in notices, and what each shipped template needs."""

from datetime import date
from decimal import Decimal

import pytest

from engine.errors import InvalidInput
from processes.complaint import notices
from processes.complaint.notices import FOLDER, Template, fill, render, template, words
from tests.processes.complaint.filing import local

DECISION = {
    "complainant_name": "张小三",
    "case_no": "TS-1",
    "received_at": local("2026-03-10"),
    "verification_result": "年费于2月5日扣收，未事先告知。",
    "decision_text": "退还年费360元。",
    "grounds": "领用合约第五条。",
    "remedies": ["申请核查", "诉讼"],
    "remedy_review": True,
    "remedy_litigation": True,
    "superior_unit": "总行",
    "mediator": "调解组织",
    "handler_name": "李四",
    "handler_phone": "400-000-0000",
    "unit_name": "示例银行",
    "sent_at": local("2026-03-18"),
    "portal_link": "",
}


def test_variables_and_conditions_are_filled_in():
    body = "{{name}}{{#if late}} is late{{#if very}} indeed{{/if}}{{/if}}."
    assert fill(body, {"name": "It", "late": True, "very": False}, "en") == "It is late."
    assert fill(body, {"name": "It", "very": True}, "en") == "It."


def test_what_the_consumer_wrote_is_never_read_as_a_template():
    assert fill("{{narrative}}", {"narrative": "{{access_code}}", "access_code": "secret"}, "en") == "{{access_code}}"


def test_a_variable_that_is_not_known_is_named():
    with pytest.raises(InvalidInput, match="“due_date”"):
        fill("by {{due_date}}", {}, "en")


@pytest.mark.parametrize("body", ["{{#if a}}open", "closed{{/if}}"])
def test_a_condition_must_be_opened_and_closed(body):
    with pytest.raises(InvalidInput, match="condition"):
        fill(body, {"a": True}, "en")


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (date(2026, 3, 5), "2026年3月5日", "5 March 2026"),
        (local("2026-03-05", "09:30"), "2026年3月5日 09:30", "5 March 2026 09:30"),
        (Decimal("1234.50"), "1,234.50", "1,234.50"),
        (Decimal(360), "360", "360"),
        (["a", "b"], "a、b", "a, b"),
    ],
)
def test_values_are_told_in_words_of_the_language(value, chinese, english):
    assert words(value, "zh") == chinese
    assert words(value, "en") == english


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_decision_tells_findings_decision_grounds_and_remedies(language):
    told = render(template("N10", language), DECISION)
    for part in ("年费于2月5日扣收", "退还年费360元", "领用合约第五条", "总行", "TS-1"):
        assert part in told.text
    assert "调解组织" not in told.text


@pytest.mark.parametrize("part", ["verification_result", "decision_text", "grounds", "remedies"])
@pytest.mark.parametrize("empty", [None, "", []])
def test_a_decision_that_lacks_a_part_of_article_19_cannot_be_sent(part, empty):
    with pytest.raises(InvalidInput, match=f"N10 cannot be sent: {part} is missing"):
        render(template("N10", "zh"), DECISION | {part: empty})


def test_everything_missing_is_named_at_once_even_if_the_template_forgot_it():
    own = Template("N10", "en", "1", "Decision", "We decided.", ())
    with pytest.raises(InvalidInput, match="verification_result, decision_text, grounds, remedies"):
        render(own, {})


def test_html_is_escaped_and_keeps_paragraphs():
    own = Template("N99", "en", "1", "About {{name}}", "Dear {{name}},\n\nline\nline", ())
    told = render(own, {"name": "<b>A & B</b>"})
    assert told.html == "<p>Dear &lt;b&gt;A &amp; B&lt;/b&gt;,</p>\n<p>line<br>\nline</p>"
    assert told.text.startswith("Dear <b>A & B</b>,")


def test_a_subject_stays_on_one_line():
    own = Template("N99", "en", "1", "About {{name}}", "text", ())
    assert render(own, {"name": "x\r\nBcc: all@example.test"}).subject == "About x Bcc: all@example.test"


@pytest.mark.parametrize("name", ["N98", "../data/codes", ""])
def test_a_notice_that_does_not_exist_is_named(name):
    with pytest.raises(InvalidInput, match="there is no notice"):
        template(name, "zh")


def test_every_notice_is_there_in_both_languages_with_the_same_needs():
    ids = {path.name.split(".")[0] for path in FOLDER.glob("*.md")}
    wanted = "N01 N02 N03 N04 N07 N10 N11 N12 N14 N15 N17 N18 N19 I02 I03 I06"
    assert set(wanted.split()) <= ids
    for notice_id in ids:
        chinese, english = template(notice_id, "zh"), template(notice_id, "en")
        assert (chinese.language, english.language) == ("zh", "en")
        assert chinese.required == english.required
        assert names(chinese) == names(english), notice_id


def names(wanted):
    return {tag[2] for tag in notices._TAG.finditer(wanted.subject + wanted.body)}
