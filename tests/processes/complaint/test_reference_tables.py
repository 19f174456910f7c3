"""The tables that people keep for complaint handling: what is shipped, and what is refused beyond columns."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

import processes
from engine import clock, reference
from engine.errors import InvalidInput
from engine.feel import evaluate
from processes.complaint.authority import authority_limit
from processes.complaint.notices import template
from processes.complaint.reference_tables import ALL
from processes.complaint.tables import Complaint
from processes.complaint.wording import institution
from processes.complaint.workdays import calendar_of

TABLES = {table.name: table for table in ALL}
APPLICATION = processes.load()["complaint"]


def refused(name, rows):
    """(row, column, English text) of what a check finds in `rows`."""
    with reference.instead(name, tuple(rows)):
        return [(flaw.row, flaw.column, flaw.en) for flaw in reference.check(TABLES[name], rows)]


def changed(name, key, **cells):
    """The shipped rows, those whose first key column is `key` with other cells."""
    first = TABLES[name].key[0]
    return [{**row, **cells} if row[first] == key else row for row in reference.rows(name)]


@pytest.fixture
def objected(site):
    """What the database says against the rows in force being `after`: English texts."""

    def ask(name, after):
        with site.database.reading() as session:
            found = TABLES[name].objections(session, reference.rows(name), after)
            return [flaw.en for flaw in found]

    return ask


# --- what is shipped ---


@pytest.mark.parametrize("name", TABLES)
def test_what_is_shipped_has_no_flaws(name):
    table = TABLES[name]
    sheet = reference.read(table, table.shipped())

    assert sheet.flaws == ()
    assert reference.check(table, sheet.rows) == []
    assert reference.read(table, reference.write(table, sheet.rows)).rows == sheet.rows


@pytest.mark.parametrize("name", TABLES)
def test_every_table_and_column_has_its_name_in_both_languages(name):
    table = TABLES[name]

    for named in (table, *table.columns):
        assert named.label("zh") != named.label("en")
        assert named.zh
        assert named.en


def test_the_application_brings_the_tables_that_the_office_decides_by():
    assert set(APPLICATION.tables) >= {
        *("deadlines", "extensions", "calendar_days", "code_lists", "form_lists", "authority_limits"),
        *("institution", "notices", "organisation", "absences"),
    }


def test_shipped_notices_are_the_files_of_both_languages():
    rows = {(row["id"], row["language"]) for row in reference.rows("notices")}

    assert {("N10", "zh"), ("N10", "en")} <= rows
    assert len(rows) == len(reference.rows("notices"))


# --- readers follow the tables ---


def test_a_notice_of_the_table_goes_before_the_shipped_one_from_its_day_on():
    old = next(row for row in reference.rows("notices") if (row["id"], row["language"]) == ("N02", "zh"))
    rows = [row for row in reference.rows("notices") if row is not old]
    rows += [{**old, "effective_to": "2026-06-30"}, {**old, "subject": "新主题", "effective_from": "2026-07-01"}]

    with reference.instead("notices", tuple(rows)):
        with clock.at(datetime(2026, 6, 30, 4, tzinfo=UTC)):
            assert template("N02", "zh").subject == old["subject"]
        with clock.at(datetime(2026, 7, 1, 4, tzinfo=UTC)):
            assert template("N02", "zh").subject == "新主题"


def test_days_and_contacts_follow_their_tables():
    day = {"country": "CN", "day": "2026-03-03", "works": "no", "note": ""}
    assert calendar_of("CN").is_working(date(2026, 3, 3))

    with reference.instead("calendar_days", (day,)), reference.instead("institution", ()):
        assert not calendar_of("CN").is_working(date(2026, 3, 3))
        assert institution("zh") == {}
    assert institution("en")["unit_name"] == "Example Bank"


def test_feel_asks_for_the_limit_that_is_in_force_today():
    rows = [*changed("authority_limits", "t1", effective_to="2026-12-31")]
    t1 = next(row for row in rows if row["limit"] == "t1")
    rows.append({**t1, "amount": "800", "effective_from": "2027-01-01", "effective_to": ""})
    functions = APPLICATION.functions

    with reference.instead("authority_limits", tuple(rows)):
        with clock.at(datetime(2026, 12, 31, 15, tzinfo=UTC)):
            assert evaluate('authority_limit("t1")', {}, functions) == Decimal(500)
        with clock.at(datetime(2026, 12, 31, 17, tzinfo=UTC)):  # 01:00 of the next year in Shanghai
            assert evaluate('authority_limit("t1")', {}, functions) == Decimal(800)
    assert authority_limit("fast") == Decimal(200)
    assert authority_limit("t5") is None
    with pytest.raises(InvalidInput, match="no “nobody” in force"):
        authority_limit("nobody")


# --- what is refused ---


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"unit": "D"}, ("unit", "There is no code “D”; possible are BD, CD, H, M, W, Y.")),
        ({"unit": ""}, ("unit", "A limit needs its unit.")),
        ({"limit": "-1"}, ("limit", "A limit cannot be negative.")),
        ({"extension_of": "NONE"}, ("extension_of", "There is no deadline “NONE” to be lengthened.")),
        ({"effective_from": "2026-01-01", "effective_to": "2025-01-01"}, ("effective_to", None)),
    ],
)
def test_a_deadline_that_cannot_be_is_refused_at_its_row(cells, found):
    [(row, column, text), *_] = refused("deadlines", changed("deadlines", "CN-NFRA-DEC-1", **cells))

    assert (row, column) == (2, found[0])
    assert found[1] in {None, text}


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"amount": "0"}, "must be more than nothing"),
        ({"amount": "-2"}, "only calendar days (CD) may be negative"),
        ({"amount": "1.5"}, "Days are whole"),
        ({"unit": "WD"}, "no code “WD”"),
    ],
)
def test_a_step_gets_some_time_and_only_days_are_counted_back(cells, text):
    [(_, _, found)] = refused("step_times", changed("step_times", "close_check", **cells))

    assert text in found
    assert refused("step_times", changed("step_times", "close_check", amount="-2", unit="CD")) == []


def test_pauses_of_deadlines_are_codes_of_the_list():
    [(_, column, text)] = refused("deadlines", changed("deadlines", "CN-NFRA-DEC-1", pause="MEDIATION|SLEEP"))

    assert column == "pause"
    assert "no code “SLEEP”" in text


def test_two_rows_of_one_deadline_may_neither_overlap_nor_leave_days_between():
    first = reference.rows("deadlines")[0]
    late = {**first, "effective_from": "2027-02-01"}

    [(row, _, text)] = refused("deadlines", [*reference.rows("deadlines"), late])
    assert (row, "overlaps with row 2" in text) == (40, True)
    ended = changed("deadlines", first["id"], effective_to="2026-12-31")
    [(row, _, text)] = refused("deadlines", [*ended, late])
    assert "nothing is in force, from 2027-01-01 to 2027-01-31" in text


def test_an_extension_stands_between_deadlines_that_belong_together():
    rows = changed("extensions", "CN-NFRA-DEC-2", to_id="CN-PBOC-DEC-2")
    rows.append({**rows[0], "from_id": "NONE"})

    texts = [text for _, _, text in refused("extensions", rows)]
    assert "“CN-PBOC-DEC-2” does not lengthen “CN-NFRA-DEC-2”." in texts
    assert "The table of deadlines has no “NONE”." in texts


def test_a_day_stands_once_for_a_country():
    day = {"country": "CN", "day": "2026-03-03", "works": "no", "note": ""}

    assert refused("calendar_days", [day, {**day, "country": "US"}]) == []
    [(row, _, text)] = refused("calendar_days", [day, {**day, "works": "yes"}])
    assert (row, "same as row 2" in text) == (3, True)


@pytest.mark.parametrize(("tier", "amount"), [("t2", "500"), ("t1", "2000"), ("t4", ""), ("t1", "-1")])
def test_limits_rise_with_the_tiers(tier, amount):
    assert refused("authority_limits", changed("authority_limits", tier, amount=amount))


def test_a_missing_tier_is_told():
    rows = [row for row in reference.rows("authority_limits") if row["limit"] != "t3"]

    assert (None, "limit", "There is no limit for t3.") in refused("authority_limits", rows)


def test_the_parent_of_a_code_exists_and_is_no_descendant_of_it():
    rows = list(reference.rows("code_lists"))
    parent, child = rows[0], rows[1]
    assert child["parent"] == parent["code"]

    circle = [{**parent, "parent": child["code"]}, *rows[1:]]
    assert [text for _, _, text in refused("code_lists", circle)] == [
        "The parents run in a circle: A.FRONT → A.FRONT.OUTLET → A.FRONT.",
        "The parents run in a circle: A.FRONT.OUTLET → A.FRONT → A.FRONT.OUTLET.",
    ]
    lost = [{**parent, "parent": "A.NOWHERE"}, *rows[1:]]
    assert refused("code_lists", lost) == [
        (2, "parent", "There is no “A.NOWHERE” to stand under; add it first, or correct the parent.")
    ]


def test_the_organisation_is_one_tree_under_one_head():
    branch = changed("organisation", "BRANCH", parent="OUTLET")
    assert any("circle: BRANCH → OUTLET → BRANCH" in text for _, _, text in refused("organisation", branch))
    orphan = changed("organisation", "OUTLET", parent="GONE")
    assert any("no “GONE” to stand under" in text for _, _, text in refused("organisation", orphan))
    heads = changed("organisation", "BRANCH", kind="head")
    assert any(
        "There can be one head office; here are BRANCH, HQ." in text for _, _, text in refused("organisation", heads)
    )
    lonely = changed("organisation", "OUTLET", parent="")
    assert any("needs one above it" in text for _, _, text in refused("organisation", lonely))
    assert refused("organisation", []) == [(None, "kind", "No unit is the head office (head).")]


def test_nobody_stands_in_for_themselves_or_is_away_twice_at_once():
    away = {"person": "lin", "from_on": "2026-03-01", "to_on": "2026-03-10", "delegate": "wu", "reason": ""}

    assert refused("absences", [away]) == []
    assert refused("absences", [{**away, "delegate": "lin"}])[0][1] == "delegate"
    assert "overlaps" in refused("absences", [away, {**away, "from_on": "2026-03-10", "to_on": "2026-03-12"}])[0][2]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"body": "{{#if a}}open"}, "body", "condition that it does not close"),
        ({"subject": "closed{{/if}}"}, "subject", "condition that it did not open"),
        ({"body": "We are sorry."}, "body", "The law demands {{verification_result}} here"),
    ],
)
def test_a_notice_that_cannot_be_filled_or_says_too_little_is_refused(cells, column, words):
    found = refused("notices", changed("notices", "N10", **cells))

    assert any(place == column and words in text for _, place, text in found)


def test_a_notice_speaks_both_languages():
    rows = [row for row in reference.rows("notices") if (row["id"], row["language"]) != ("N02", "en")]

    assert [text for _, _, text in refused("notices", rows)] == ["The notice N02 has no text in en."]


# --- what running cases need ---


def test_a_code_that_a_running_case_has_is_ended_and_not_taken_away(objected, file_complaint):
    file_complaint()
    without = [row for row in reference.rows("code_lists") if row["code"] not in {"D.REFUND", "D.CANCEL"}]
    ended = changed("code_lists", "demand", effective_to="2026-12-31")

    assert objected("code_lists", without) == [
        "The code demand D.REFUND is used by a complaint under way and cannot go; give it a last day."
    ]
    assert objected("code_lists", ended) == []


def test_codes_among_the_plain_facts_of_a_case_count_too(objected, file_complaint, record_of):
    file_complaint()
    record_of(lambda record: record.set("withdrawal_reason", "solved"))
    without = [row for row in reference.rows("form_lists") if row["dimension"] != "withdrawal_reason"]

    [text] = objected("form_lists", without)
    assert text.startswith("The code withdrawal_reason solved is used")


def test_the_row_by_which_a_clock_runs_stays(objected, file_complaint):
    file_complaint()
    without = [row for row in reference.rows("deadlines") if row["id"] != "INT-DEFAULT-ACK"]
    late = changed("deadlines", "INT-DEFAULT-ACK", effective_from="2026-03-11")

    for rows in (without, late):
        assert objected("deadlines", rows) == [
            "Clocks run by INT-DEFAULT-ACK since 2026-03-10; keep the row that was in force on that day."
        ]
    assert objected("deadlines", changed("deadlines", "INT-DEFAULT-ACK", effective_from="2026-03-10")) == []


# --- what a change means for a case ---


@pytest.fixture
def meaning(transaction, file_complaint):
    """Label → text of what a table says for a case, which is filed with these columns set."""

    def ask(name, language="en", **columns):
        with transaction() as session:
            complaint = session.get(Complaint, "case-1")
            for column, value in columns.items():
                setattr(complaint, column, value)
            session.flush()
            return TABLES[name].effects(session, "case-1", APPLICATION.functions, language)

    file_complaint()
    return ask


def test_the_deadlines_of_a_case_tell_due_dates_and_who_may_extend(meaning):
    told = meaning("deadlines")

    assert told["2. CN-NFRA-DEC-1"] == "25 March 2026 23:59"
    assert told["Extension CN-NFRA-DEC-1 → CN-NFRA-DEC-2"].startswith("9 April 2026 23:59 (Team lead")
    rows = tuple(changed("deadlines", "CN-NFRA-DEC-1", limit="10"))
    with reference.instead("deadlines", rows):
        assert meaning("deadlines", "zh")["2. CN-NFRA-DEC-1"] == "2026年3月20日 23:59"


def test_a_deadline_without_a_row_has_no_due_date(meaning):
    rows = tuple(changed("deadlines", "INT-DEFAULT-ACK", effective_from="2027-01-01"))

    with reference.instead("deadlines", rows):
        assert meaning("deadlines")["1. INT-DEFAULT-ACK"] == "–"


def test_the_limits_of_a_case_tell_the_amount_and_who_must_approve(bank):
    filed = bank.file()
    bank.change(filed.case_id, amount_proposed=Decimal(600), nature="goodwill", level="NORMAL", currency="CNY")

    with bank.reading() as session:
        told = TABLES["authority_limits"].effects(session, filed.case_id, APPLICATION.functions, "en")

    assert (told["Amount proposed"], told["Team lead"]) == ("600", "500")
    assert (told["Senior executive at head office"], told["Must approve"]) == ("∞", "Team lead, Outlet head")


def test_the_notices_of_a_case_hide_what_is_personal(meaning):
    told = meaning("notices")

    assert told["N01 (zh)"].count("▒▒▒") == 2  # the excerpt and the access code
    assert "张*三" in told["N01 (zh)"]
    assert not any("张小三" in text or "年费" in text for text in told.values())
