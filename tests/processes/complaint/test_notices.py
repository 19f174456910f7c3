"""Filling in notices, and what each shipped template needs."""

import re
from datetime import date
from decimal import Decimal

import pytest

from engine.errors import InvalidInput
from engine.sms import parts
from processes.complaint import codes, wording
from processes.complaint.notices import (
    DECISION_PARTS,
    IncompleteDecision,
    MissingInNotice,
    Template,
    fill,
    render,
    shipped,
    template,
    words,
)
from processes.complaint.register import REGISTER
from tests.processes.complaint.filing import SUBMITTED, local

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
    "hotline": "400-000-0000",
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
    with pytest.raises(
        InvalidInput, match=re.escape(f"N10 cannot be sent: it lacks {DECISION_PARTS[part]} (order No. 3")
    ):
        render(template("N10", "zh"), DECISION | {part: empty})


def test_everything_missing_is_named_at_once_even_if_the_template_forgot_it():
    own = Template("N10", "en", "1", "Decision", "We decided.")
    with pytest.raises(IncompleteDecision) as refused:
        render(own, {})
    assert all(part in refused.value.message for part in DECISION_PARTS.values())


def test_what_a_template_requires_is_named_when_it_is_missing():
    with pytest.raises(MissingInNotice, match="N15 cannot be sent: withdrawn_at is missing"):
        render(template("N15", "en"), {})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("template_id", ["N10", "N10S"])
def test_mail_and_text_messages_leave_out_what_a_decision_says(template_id, language):
    told = render(template(template_id, language), DECISION | {"hotline": "400", "portal_link": "https://x.test"})
    for part in ("verification_result", "decision_text", "grounds"):
        assert DECISION[part] in told.text
        for elsewhere in (told.mail, told.html, told.sms):
            assert DECISION[part] not in elsewhere
    assert "https://x.test" in told.mail
    assert "https://x.test" in told.sms


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


#: Every notice of the catalogue; N24 says that it is too late to withdraw, I16 that a complaint was registered late.
CATALOGUE = [
    *(f"N{number:02}" for number in range(1, 25)),
    "N10S",
    *(f"I{number:02}" for number in range(1, 17)),
    *(f"G{number:02}" for number in range(1, 5)),
]


def test_the_catalogue_is_complete_and_nothing_else_is_there():
    assert sorted({row["id"] for row in shipped()}) == sorted(CATALOGUE)
    assert set(codes.lists()["notice"]) == set(CATALOGUE)


@pytest.mark.parametrize("template_id", CATALOGUE)
def test_a_notice_needs_and_says_the_same_in_both_languages(template_id):
    chinese, english = template(template_id, "zh"), template(template_id, "en")
    assert (chinese.language, english.language) == ("zh", "en")
    for column in ("required", "inputs", "channels", "version"):
        assert getattr(chinese, column) == getattr(english, column)
    assert chinese.names - {"pause_not_known", "approver_not_known", "old_due_not_known"} == english.names - {
        "pause_not_known",
        "approver_not_known",
        "old_due_not_known",
    }
    assert chinese.channels


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("template_id", CATALOGUE)
def test_a_full_notice_is_filled_in_and_every_variable_is_supplied(template_id, language):
    wanted = template(template_id, language)
    supplied = {*wording.variables(None, REGISTER.blank({}), language, at=local("2026-03-10")), "step"}
    assert wanted.names - supplied - set(wanted.inputs) - {"in_full", "by_mail"} == set()
    assert set(wanted.inputs) - wanted.names <= {"topic", "measure"}
    assert set(wanted.required) <= wanted.names | set(DECISION_PARTS)

    told = render(wanted, {name: f"<{name}>" for name in supplied | set(wanted.inputs)})
    for part in (told.subject, told.text, told.mail, told.sms):
        assert "{{" not in part
        assert "  " not in part
    assert all(f"<{name}>" in told.subject + told.text for name in wanted.required)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("template_id", [each for each in CATALOGUE if each[0] == "N"])
def test_a_text_message_is_at_most_two_parts_and_tells_nothing_personal(template_id, language):
    record = REGISTER.blank({**SUBMITTED, "material.items": "身份证复印件"})
    known = wording.variables(None, record, language, at=local("2026-03-10"), portal="https://bank.example/track")
    wanted = template(template_id, language)
    given = {name: "…" for name in (*wanted.required, *DECISION_PARTS) if not known.get(name)}
    told = render(wanted, {**known, "case_no": "TS-20260310-HQ-00001", "access_code": "ABCDEFGHJK", **given})
    assert bool(told.sms) == ("sms" in wanted.channels)
    assert len(parts(told.sms)) <= 2
    assert "张小三" not in told.sms
    assert "年费" not in told.sms


@pytest.mark.parametrize(
    ("regime", "body"),
    [("regime_uk", "Financial Ombudsman Service"), ("regime_au", "AFCA"), ("regime_eu", "FIN-NET")],
)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("template_id", ["N07", "N10", "N10S", "N13"])
def test_decisions_name_the_body_of_the_regime(template_id, language, regime, body):
    known = wording.variables(None, REGISTER.blank({}), language, at=local("2026-03-10"))
    known |= DECISION | {"refusal_reason": "…", regime: True, "regime_cn": False}
    assert body in render(template(template_id, language), known).text
    assert body not in render(template(template_id, language), known | {regime: False}).text


@pytest.mark.parametrize(("regime", "body"), [("regime_uk", "Financial Ombudsman Service"), ("regime_au", "AFCA")])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_delay_letter_abroad_names_the_body_and_needs_no_approver(regime, body, language):
    known = wording.variables(None, REGISTER.blank({}), language, at=local("2026-03-10"))
    known |= {"reason_text": "…", "new_due": date(2026, 6, 1), regime: True}
    assert body in render(template("N18", language), known).text
