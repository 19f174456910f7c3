"""The pages of reference tables: looking, proposing, previewing on a case, and the second person's decision."""

import io

import pytest

from engine import reference
from engine.queries.reference import table_versions
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser
from webforms import serving


@pytest.fixture
def olga(bank, bank_app):
    """Somebody who may propose."""
    return Browser(bank_app, bank.person("olga", "process-owner"))


@pytest.fixture
def boss(bank, bank_app):
    """Somebody else who may confirm, and sees every case."""
    return Browser(bank_app, bank.person("boss", "admin"))


def limit(place, amount, **more):
    """What the form of one authority limit sends; `place` is its row."""
    tier = ["fast", "handler", "t1", "t2", "t3", "t4", "t5"][place - 2]
    cells = {"limit": tier, "zh": "层级", "en": "Tier", "amount": amount, "currency": "CNY"}
    return {
        "base": "0",
        "row": str(place),
        "how": "correct",
        "comment": "new limits",
        **{f"cell-{name}": text for name, text in cells.items()},
        **more,
    }


def upload(browser, name, content, status=302, base=0):
    sent = (io.BytesIO(content), f"{name}.csv")
    return browser.post(f"/tables/{name}/upload", status, base=str(base), comment="from a file", file=sent)


def states(bank, name):
    with bank.database.reading() as session:
        return [(version.number, version.state) for version in table_versions(session, name)]


def days_off(*days):
    """A calendar file in which these days are not worked."""
    lines = [f"CN,{day},no,our own day off" for day in days]
    return "\n".join(["country,day,works,note", *lines]).encode()


def test_only_process_owners_and_admins_come_in(bank, bank_app):
    Browser(bank_app, bank.person("li", "handler")).get("/tables", 403)
    assert "/login" in Browser(bank_app).get("/tables/deadlines", 302).to


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Deadlines", "Notices", "Organisation"]), ("zh", ["期限", "通知模板", "组织机构"])]
)
def test_all_tables_are_listed_in_the_readers_language(bank, bank_app, language, words):
    page = Browser(bank_app, bank.person("olga", "process-owner"), language).get("/tables")

    assert set(words) <= set(page.all("tbody th"))
    assert len(page.find("tbody tr")) == len(bank.site.applications["complaint"].tables)


def test_a_table_is_searched_and_its_rows_told_by_number(olga):
    page = olga.get("/tables/deadlines?q=uk-disp-psd")

    assert "2 of 38 rows" in page.text()
    assert page.all("td[data-label=Deadline]") == ["UK-DISP-PSD-1", "UK-DISP-PSD-2"]
    assert "Nothing in this table fits" in olga.get("/tables/deadlines?q=nowhere").text()


def test_long_tables_come_in_pages(olga):
    page = olga.get("/tables/code_lists?page=2")

    assert page.all(".table-scroll tbody th")[0] == "52"
    assert page.find("a[rel=next]")


def test_a_table_that_does_not_exist_is_not_found(olga):
    olga.get("/tables/nowhere", 404)
    olga.get("/tables/deadlines/7", 404)
    olga.get("/tables/deadlines/row?row=1", 404)
    olga.get("/tables/deadlines/row?row=900", 404)


def test_one_row_is_corrected_proposed_and_confirmed_by_a_second_person(bank, olga, boss):
    assert olga.get("/tables/authority_limits/row?row=4").value("#cell-amount") == "500"
    page = olga.post("/tables/authority_limits/row", **limit(4, "800"))
    assert page.to == "/tables/authority_limits/1"
    shown = boss.get(page.to)
    assert "old: 500" in shown.all("del")
    assert "new: 800" in shown.all("ins")

    boss.post("/tables/authority_limits/1/confirm")

    assert states(bank, "authority_limits") == [(1, "confirmed")]
    assert reference.rows("authority_limits")[2]["amount"] == "800"
    assert "In force" in boss.get("/tables/authority_limits/1").text(".page-head")


def test_whoever_proposed_is_offered_to_withdraw_and_cannot_confirm(bank, olga):
    olga.post("/tables/authority_limits/row", **limit(4, "800"))
    page = olga.get("/tables/authority_limits/1")

    assert "Withdraw" in page.text("#decide-title") + page.text()
    assert "Confirm and put in force" not in page.text()
    refused = olga.post("/tables/authority_limits/1/confirm", 403)
    assert "another person must confirm it" in refused.text(".error-summary")
    olga.post("/tables/authority_limits/1/reject")
    assert states(bank, "authority_limits") == [(1, "withdrawn")]


def test_rejecting_asks_for_a_reason_that_then_stands_in_the_history(bank, olga, boss):
    olga.post("/tables/authority_limits/row", **limit(4, "800"))

    assert "say why" in boss.post("/tables/authority_limits/1/reject", 422).text(".error-summary")
    boss.post("/tables/authority_limits/1/reject", reason="too high")

    assert states(bank, "authority_limits") == [(1, "rejected")]
    assert "too high" in olga.get("/tables/authority_limits").text()


def test_a_wrong_cell_is_told_at_its_field_and_what_was_typed_is_kept(olga):
    page = olga.post("/tables/authority_limits/row", 422, **limit(4, "1,000"))

    assert "is no number" in page.text("#cell-amount-error")
    assert page.value("#cell-amount") == "1,000"
    assert page.value("#comment") == "new limits"


def test_a_flaw_of_the_whole_table_is_told_by_row_and_column(olga):
    page = olga.post("/tables/authority_limits/row", 422, **limit(5, "100"))

    assert "must be above that of the tier below" in page.text("#cell-amount-error")
    other = olga.post("/tables/authority_limits/row", 422, **limit(4, "3000"))
    assert "Row 5, Highest amount (empty: any): The limit of t2" in other.text(".error-summary")


def test_the_message_comes_in_the_readers_language(bank, bank_app):
    page = Browser(bank_app, bank.person("olga", "process-owner"), "zh").post(
        "/tables/authority_limits/row", 422, **limit(4, "x")
    )

    assert "不是数字" in page.text("#cell-amount-error")


def test_a_comment_must_say_what_changes(olga):
    page = olga.post("/tables/authority_limits/row", 422, **limit(4, "800", comment=" "))

    assert "what changes, and why" in page.text(".error-summary")


def test_a_row_is_followed_by_another_from_a_day_on(bank, olga, boss):
    assert olga.get("/tables/authority_limits/row?row=4&how=follow").value("#cell-effective_from") == ""
    olga.post("/tables/authority_limits/row", **limit(4, "800", how="follow", **{"cell-effective_from": "2027-01-01"}))
    boss.post("/tables/authority_limits/1/confirm")

    rows = [row for row in reference.rows("authority_limits") if row["limit"] == "t1"]
    assert [(row["amount"], row["effective_from"], row["effective_to"]) for row in rows] == [
        ("500", "", "2026-12-31"),
        ("800", "2027-01-01", ""),
    ]
    assert "Not yet in force" in olga.get("/tables/authority_limits").text()


def test_without_its_first_day_a_following_row_is_refused(olga):
    page = olga.post("/tables/authority_limits/row", 422, **limit(4, "800", how="follow"))

    assert page.text("#cell-effective_from-error") == "Say from which day the new row is in force."
    assert "overlaps" not in page.text()


def test_a_row_is_added_and_taken_away_again(bank, olga, boss):
    cells = {"cell-country": "CN", "cell-day": "2026-03-09", "cell-works": "no", "comment": "our day off"}
    olga.post("/tables/calendar_days/row", base="0", how="correct", **cells)
    boss.post("/tables/calendar_days/1/confirm")
    assert "Propose to take this row away" in olga.get("/tables/calendar_days/row?row=2").text()

    olga.post("/tables/calendar_days/row", base="1", row="2", **{**cells, "how": "remove"})
    assert boss.get("/tables/calendar_days/2").all("main h2")[0].startswith("Rows taken away")
    boss.post("/tables/calendar_days/2/confirm")

    assert reference.rows("calendar_days") == ()


def test_rows_that_the_program_ships_are_not_offered_to_be_taken_away(olga):
    assert "take this row away" not in olga.get("/tables/institution/row?row=2").text()


@pytest.mark.parametrize(("language", "words"), [("en", "Working days BD"), ("zh", "工作日 BD")])
def test_codes_in_cells_are_told_in_words_and_found_by_them(bank, bank_app, language, words):
    olga = Browser(bank_app, bank.person("olga", "process-owner"), language)

    cells = olga.get("/tables/deadlines?q=" + words.removesuffix(" BD")).all("tbody td")
    form = olga.get("/tables/deadlines/row?row=2")

    assert words in [" ".join(cell.split()) for cell in cells]
    assert f"{words.removesuffix(' BD')} (BD)" in form.all("option")


def test_a_download_can_be_uploaded_again(bank, olga):
    content = olga.get("/tables/deadlines/rows.csv").answer.data
    same = upload(olga, "deadlines", content, 422)
    assert "in force already" in same.text(".error-summary")

    upload(
        olga,
        "deadlines",
        content.replace(
            b"INT-DEFAULT-DEC,GENERIC,any,decision,decision,complaint_received,15",
            b"INT-DEFAULT-DEC,GENERIC,any,decision,decision,complaint_received,12",
        ),
    )

    assert states(bank, "deadlines") == [(1, "proposed")]
    assert olga.get("/tables/deadlines/1.csv").answer.data != content
    assert olga.get("/tables/deadlines/0.csv").answer.data == content


def test_a_file_with_flaws_is_refused_with_each_of_them(bank, olga):
    page = upload(olga, "calendar_days", b"country,day,works,note\nCN,soon,no,\nXX,2026-03-09,no,\n", 422)

    assert page.all(".error-summary li") == [
        "Row 2, Day: “soon” is no date; write it as 2026-03-10.",
        "Row 3, Country: There is no code “XX”; possible are AU, CN, EU, GB-ENG, US.",
    ]
    assert page.value("#comment") == "from a file"
    assert states(bank, "calendar_days") == []


def test_a_missing_file_is_told(olga):
    page = olga.post("/tables/calendar_days/upload", 422, base="0", comment="x")

    assert "No file was chosen" in page.text(".error-summary")


def test_while_a_change_waits_no_other_one_can_be_proposed(olga):
    upload(olga, "calendar_days", days_off("2026-03-09"))

    page = olga.get("/tables/calendar_days")
    assert "waits for a second person: from a file" in page.text(".notice-warning")
    assert page.find("#file") == []
    assert "Another change" in upload(olga, "calendar_days", days_off("2026-03-10"), 409).text(".error-summary")
    assert "Waits for a second person" in olga.get("/tables").text()


def test_a_form_that_was_open_while_the_table_changed_is_refused(olga, boss):
    upload(olga, "calendar_days", days_off("2026-03-09"))
    boss.post("/tables/calendar_days/1/confirm")

    page = upload(olga, "calendar_days", days_off("2026-03-10"), 409, base=0)
    assert "changed in the meantime" in page.text(".error-summary")


def test_the_preview_tells_due_dates_of_a_case_before_and_after(bank_app, olga, boss):
    number, _ = file_complaint(Browser(bank_app))
    upload(olga, "calendar_days", days_off("2026-03-03"))

    page = boss.get(f"/tables/calendar_days/1?case={number}")

    [row] = page.all("#effect tbody tr")
    assert "INT-DEFAULT-ACK" in row
    assert row.index("3 March 2026") < row.index("4 March 2026")


def test_a_case_that_is_not_there_or_not_ones_own_to_see_is_told_alike(bank_app, olga, boss):
    number, _ = file_complaint(Browser(bank_app))
    upload(olga, "calendar_days", days_off("2026-03-03"))

    for somebody, wanted in ((boss, "TS-1"), (olga, number)):
        told = somebody.get(f"/tables/calendar_days/1?case={wanted}").text("#case-error")
        assert told == "There is nothing here, or you may not see it."


def test_the_preview_shows_a_notice_as_it_would_read_without_personal_values(bank_app, olga, boss):
    number, _ = file_complaint(Browser(bank_app))
    content = olga.get("/tables/notices/rows.csv").answer.data.decode("utf-8-sig")
    upload(olga, "notices", content.replace("Our decision on complaint {{case_no}}", "Decided: {{case_no}}").encode())

    page = boss.get(f"/tables/notices/1?case={number}")

    [row] = page.all("#effect tbody tr")
    assert f"Decided: {number}" in row
    assert f"Our decision on complaint {number}" in row
    assert "王小明" not in page.text()
    assert "Decided" in " ".join(page.all("ins"))


def test_a_case_that_a_change_does_not_touch_is_told(bank_app, olga, boss):
    number, _ = file_complaint(Browser(bank_app))
    upload(olga, "calendar_days", days_off("2030-03-05"))

    assert "Nothing of this case would change" in boss.get(f"/tables/calendar_days/1?case={number}").text()


def test_what_was_done_stands_in_the_audit(olga, boss):
    upload(olga, "calendar_days", days_off("2026-03-09"))
    boss.post("/tables/calendar_days/1/confirm")

    page = boss.get("/operations/audit?day=2026-03-02")
    assert "proposed a change of a table" in page.text()
    assert "confirmed a change of a table" in page.text()
    assert "Table: calendar_days" in page.text()


def test_requests_and_ticks_go_by_what_another_process_confirmed(bank, olga, boss):
    upload(olga, "calendar_days", days_off("2026-03-09"))
    boss.post("/tables/calendar_days/1/confirm")

    for begin in (lambda: olga.get("/tasks"), serving.ticking(bank.site)):
        reference.forget()  # as if this process had not seen it
        assert reference.rows("calendar_days") == ()
        begin()
        assert [row["day"] for row in reference.rows("calendar_days")] == ["2026-03-09"]
