"""Values of decision tables in words."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine import clock
from processes.complaint.decision_words import words


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("level", "MAJOR", "重大", "Major"),
        ("complaint.level", "MAJOR", "重大", "Major"),
        ("complaint.flags", ["media", "legal"], "媒体舆情、涉法涉诉", "Media, Legal"),
        ("why", "joint_twenty", "二十人以上共同投诉", "Twenty or more jointly"),
        ("owner_unit", "handler_branch", "分行主办人", "Case handlers, branches"),
        ("unit", "HQ.CP", "总部消费者权益保护部", "Head office consumer protection"),
        ("channel", ["phone", "email", "phone"], "电话、电子邮件", "Phone, E-mail"),
        ("fast_lane", False, "否", "No"),
        ("priority", Decimal(2), "2", "2"),
        ("co_units", [], "无", "–"),
        ("partner", None, "无", "–"),
        ("template", "nobody knows", "nobody knows", "nobody knows"),
        ("deadline_id", "MANUAL", "MANUAL", "MANUAL"),
        ("count(complaint.special_needs) > 0", True, "是", "Yes"),
    ],
)
def test_codes_have_the_words_of_their_lists(name, value, zh, en):
    assert (words(name, value, "zh"), words(name, value, "en")) == (zh, en)


def test_a_deadline_is_told_by_what_is_measured_and_whose_rule_it_is():
    with clock.at(datetime(2026, 3, 2, tzinfo=UTC)):
        assert words("deadline_id", "CN-NFRA-DEC-1", "en").startswith("Decision, 15 calendar days (Consumer complaints")
        assert words("deadline_id", "CN-NFRA-DEC-1", "zh").startswith("处理决定 15 自然日（银行业")
