"""What is refused in tables beyond columns."""

import pytest

from engine import reference
from tests.processes.complaint.reference_tables.rows import TABLES, changed, refused


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


@pytest.mark.parametrize(
    ("name", "key", "cells", "text"),
    [
        ("progress_intervals", "1", {"days": "0"}, "It must be one day at least."),
        ("tenant", "jurisdiction", {"value": "JP"}, "There is no code “JP”; possible are AU, CN, EU, GB, US."),
        ("tenant", "sector", {"value": "shop"}, "There is no code “shop”; possible are"),
        ("duplicate_scores", "probable", {"points": "100"}, "Each band begins below the one before it"),
        ("duplicate_scores", "possible", {"points": "0"}, "above zero."),
        ("partner_points", "late", {"conduct": "rude"}, "There is no code “rude”"),
        ("partners", "P.PAY", {"email": "nobody"}, "This is no e-mail address."),
        ("partners", "P.PAY", {"language": "fr"}, "There is no code “fr”; possible are en, zh."),
        ("scripts", "early_sign", {"scene": "lunch"}, "There is no code “lunch”"),
    ],
)
def test_what_the_office_could_not_work_by_is_refused(name, key, cells, text):
    [(_, _, found)] = refused(name, changed(name, key, **cells))

    assert text in found


@pytest.mark.parametrize(
    ("name", "key", "text"),
    [
        ("progress_intervals", "3", "There is no interval for priority 3."),
        ("tenant", "sector", "There is no row sector."),
        ("duplicate_scores", "certain", "There is no band certain."),
        ("partner_points", "none", "There are no points for none."),
    ],
)
def test_a_row_that_is_always_needed_cannot_go(name, key, text):
    first = TABLES[name].key[0]
    rows = [row for row in reference.rows(name) if row[first] != key]

    assert [found for _, _, found in refused(name, rows)] == [text]


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
