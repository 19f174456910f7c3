"""Sources of rules in the reader's language."""

import re

import pytest

from engine import reference
from processes.complaint import sources

#: Tables whose source is shown to people, by clocks and by refusals.
SHOWN = ("deadlines", "extensions", "pauses")


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        ("令2020-3 Art.18", "银保监会令2020年第3号第18条", "CBIRC Order No. 3 of 2020, Art. 18"),
        (
            "消法 Art.46 / 条例 Art.46",
            "《消费者权益保护法》第46条 / 《消费者权益保护法实施条例》第46条",
            "Consumer Protection Law, Art. 46 / Regulations on the Consumer Protection Law, Art. 46",
        ),
        ("D12; 令2020-3 Art.18, 23", "D12; 银保监会令2020年第3号第18, 23条",
         "D12; CBIRC Order No. 3 of 2020, Art. 18, 23"),
        ("DISP 1.6.2R", "DISP 1.6.2R", "DISP 1.6.2R"),
    ],
)  # fmt: skip
def test_a_source_is_told_in_both_languages(source, zh, en):
    assert sources.told(source, "zh_Hans_CN") == zh
    assert sources.told(source, "en") == en


@pytest.mark.parametrize("table", SHOWN)
def test_no_source_of_a_shipped_row_is_chinese_to_english_readers(table):
    told = {sources.told(row["source"], "en") for row in reference.rows(table)}

    assert told
    assert [each for each in told if re.search(r"[\u4e00-\u9fff]", each)] == []
