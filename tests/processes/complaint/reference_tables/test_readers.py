"""What reads the tables goes by their rows in force."""

import contextlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from engine import clock, reference
from engine.errors import InvalidInput
from engine.feel import evaluate
from processes.complaint import codes
from processes.complaint.authority import authority_limit
from processes.complaint.links.points import duplicate_points
from processes.complaint.matters.partners import partner, points_for
from processes.complaint.matters.scripts import script
from processes.complaint.notices import template
from processes.complaint.progress import interval
from processes.complaint.wording import institution
from processes.complaint.workdays import calendar_of
from tests.processes.complaint.reference_tables.rows import APPLICATION, changed


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


def test_partners_scripts_points_and_intervals_follow_their_tables():
    moved = tuple(changed("partners", "P.PAY", email="new@payments.example", effective_to="2026-12-31"))
    home = ({"key": "jurisdiction", "value": "GB", "note": ""},)
    other = {
        "partners": moved,
        "partner_points": tuple(changed("partner_points", "late", points="-7")),
        "scripts": tuple(changed("scripts", "early_sign", en="Good morning.")),
        "duplicate_scores": tuple(changed("duplicate_scores", "same_id", points="60")),
        "progress_intervals": tuple(changed("progress_intervals", "3", days="9")),
        "tenant": home,
    }
    with contextlib.ExitStack() as stack, clock.at(datetime(2026, 3, 2, tzinfo=UTC)):
        for name, rows in other.items():
            stack.enter_context(reference.instead(name, rows))
        assert partner("P.PAY").email == "new@payments.example"
        assert points_for("late") == -7
        assert "Good morning." in script("early_sign", "en")
        assert duplicate_points("same_id") == 60
        assert interval(3, date(2026, 3, 2)) == timedelta(days=9)
        assert not calendar_of("any").is_working(date(2026, 12, 28))  # the day in lieu of Boxing Day
    assert calendar_of("any").is_working(date(2026, 12, 28))


def test_a_partner_is_a_code_that_is_offered_until_its_last_day():
    ended = tuple(changed("partners", "P.PAY", effective_to="2026-12-31"))

    with reference.instead("partners", ended):
        with clock.at(datetime(2026, 12, 31, 4, tzinfo=UTC)):
            assert "P.PAY" in {each["value"] for each in codes.codes("partner")}
        with clock.at(datetime(2027, 1, 1, 4, tzinfo=UTC)):
            assert "P.PAY" not in {each["value"] for each in codes.codes("partner")}
            assert codes.label("partner", "P.PAY", "en") == partner("P.PAY").en
