"""The task list as people use it: boxes, search, conditions, order, columns, and filters that they keep."""

from urllib.parse import quote

import pytest

from engine.models import SavedFilter
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser


@pytest.fixture
def case_id(office):
    return office.start()


@pytest.fixture
def li(bank, bank_app):
    """A handler of a bank with three complaints of different amounts."""
    for amount in (50, 360, 20_000):
        file_complaint(Browser(bank_app), **{"complaint.amount_claimed": amount})
    bank.work()
    return Browser(bank_app, bank.person("li", "intake"))


def test_the_list_shows_what_waits_in_my_groups_with_its_deadline(office, browser, case_id):
    page = browser(office.ann).get("/tasks?box=groups")

    assert page.all("tbody th") == ["Review"]
    assert "R-ALPHA" in page.text("tbody")
    assert "Due soon in 2 days" in page.text("tbody")
    assert page.all(".filters a") == [
        *("Mine (0)", "My groups (1)", "Not taken (1)", "Overdue (0)"),
        *("Due today (0)", "To follow up (0)", "Put off (0)", "All I may see (1)"),
    ]


def test_the_list_speaks_chinese(office, browser, case_id):
    page = browser(office.ann, "zh").get("/tasks?box=groups")

    assert page.all("tbody th") == ["审查"]
    assert page.tree.get("lang") == "zh-Hans"
    assert "经办人" in page.text("tbody")


def test_an_empty_list_leads_to_the_tasks_of_my_groups(office, browser, case_id):
    page = browser(office.ann).get("/tasks")

    assert "You have no tasks" in page.text()
    assert page.value(".empty-state a", "href") == "/tasks?box=unassigned"


def test_a_case_number_is_found_and_others_are_not(office, browser, case_id):
    office.start("beta")
    mine = browser(office.ann)

    assert len(mine.get("/tasks?box=all&q=alp").all("tbody tr")) == 1
    assert "No task fits “%”" in mine.get("/tasks?box=all&q=%25").text()


def test_long_lists_come_in_pages_that_keep_the_filter(office, browser):
    for number in range(26):
        office.start(f"case{number}")
    page = browser(office.ann).get("/tasks?box=groups&sort=age&page=2")

    assert len(page.all("tbody tr")) == 1
    assert page.value("a[rel=prev]", "href") == "/tasks?box=groups&sort=age&page=1"


# --- conditions, order and columns ------------------------------------------------------------------------------------


def where(condition, more=""):
    return f"/tasks?box=all&where={quote(condition)}{more}"


def test_a_condition_on_the_complaint_cuts_the_list_and_is_told_in_words(li):
    page = li.get(
        where("complaint.amount_claimed > 100", "&show=complaint.amount_claimed&sort=-complaint.amount_claimed")
    )

    assert page.all("thead th")[-2] == "Amount claimed"
    assert [cell for cell in page.all("tbody td") if cell in {"50", "360", "20,000"}] == ["20,000", "360"]
    assert "Amount claimed more than “100”" in page.text(".notice")


def test_a_condition_may_nest(li):
    nested = 'complaint.amount_claimed > 100 and (complaint.amount_claimed < 1000 or complaint.level = "MAJOR")'

    page = li.get(where(nested))

    assert len(page.all("tbody tr")) == 1
    assert page.text(".notice code") == nested


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("complaint.amount_claimed >", "cannot be read at position"),
        ("complaint.secret = 1", "There is no field “complaint.secret” to filter by."),
        ("complaint.level > 5", "compared with something of another kind"),
        ("x" * 1001, "at most 1000 characters"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_told_and_kept(li, condition, why):
    page = li.get(where(condition), 422)

    assert why in page.text(".error-summary")
    assert page.text("#where") == condition
    assert not page.all("tbody tr")


def test_unknown_boxes_orders_and_columns_are_passed_over(li):
    page = li.get("/tasks?box=nowhere&sort=moon&sort=-&show=complaint.sealed_person&page=x")

    assert page.text(".filters a[aria-current]").startswith("Mine")


def test_a_condition_is_put_together_line_by_line_without_scripts(li):
    page = li.get("/tasks?box=all&act=add&new=complaint.amount_claimed")
    assert page.all("fieldset.filter-line legend") == ["Amount claimed"]
    typed = "/tasks?box=all&field=complaint.amount_claimed&sign=%3E&value=1,000"
    page = li.get(f"{typed}&act=add&new=complaint.channel")
    assert page.value("#value-0") == "1,000"
    assert "Online portal" in page.all("#value-1 option")

    address = li.get(f"{typed}&field=complaint.channel&sign=%21%3D&value=CH.PHONE&act=apply", 302).to

    page = li.get(address)
    assert len(page.all("tbody tr")) == 1
    assert page.all("fieldset.filter-line legend") == ["Amount claimed", "Channel"]
    page = li.get(f"{typed}&field=complaint.channel&sign=%21%3D&value=CH.PHONE&act=remove-0")
    assert page.all("fieldset.filter-line legend") == ["Channel"]


def test_order_and_columns_change_while_a_condition_written_by_hand_stays(li):
    nested = 'complaint.amount_claimed > 100 and (complaint.amount_claimed < 1000 or complaint.level = "MAJOR")'
    page = li.get(where(nested))
    kept = page.value("form input[name=where]")

    address = li.get(f"/tasks?box=all&act=apply&where={quote(kept)}&sort=age&show=complaint.level", 302).to

    page = li.get(address)
    assert page.text("#where") == nested
    assert "Level" in page.all("thead th")


def test_a_lead_unit_is_chosen_by_its_name(li):
    page = li.get("/tasks?box=all&act=add&new=complaint.owner_unit")

    assert "Case handlers, cards and credit" in page.all("#value-0 option")


def test_a_value_that_does_not_fit_is_told_and_stays_typed(li):
    page = li.get("/tasks?field=complaint.amount_claimed&sign=%3E&value=plenty&act=apply", 422)

    assert "is compared with a number, as 1234.50." in page.text(".error-summary")
    assert page.value("#value-0") == "plenty"


# --- filters that people keep -----------------------------------------------------------------------------------------


def test_a_filter_is_kept_shared_with_a_group_and_dropped(bank, bank_app, li):
    query = "box=all&where=complaint.amount_claimed+%3E+100"
    page = li.get(li.post("/tasks/filters", query=query, name=" Large  ones ", group="intake").to)
    assert "The filter “Large ones” was kept." in page.text("#messages")
    assert "Large ones" in page.all(".filters a")[-1]

    sue = Browser(bank_app, bank.person("sue", "intake"))
    page = sue.get("/tasks")
    assert page.all(".filters a")[-1] == "Large ones Li"
    with bank.reading() as session:
        kept_id = session.query(SavedFilter).one().id
    sue.post(f"/tasks/filters/{kept_id}/drop", 404)
    assert "Large ones" not in Browser(bank_app, bank.person("joe", "qa")).get("/tasks").text("main")

    li.post(f"/tasks/filters/{kept_id}/drop")
    assert "Large ones" not in sue.get("/tasks").text("main")


@pytest.mark.parametrize(
    ("name", "group", "why"),
    [
        ("", "", "Give the filter a name"),
        ("x" * 61, "", "Give the filter a name"),
        ("x", "admin", "shared with a group that you are in"),
    ],
)
def test_a_filter_that_cannot_be_kept_is_told(li, name, group, why):
    page = li.get(li.post("/tasks/filters", query="box=all", name=name, group=group).to)

    assert why in page.text("#messages")


def test_a_kept_filter_whose_field_is_gone_tells_so(li):
    page = li.get(li.post("/tasks/filters", query="box=all&where=complaint.gone+%3D+1", name="old").to, 422)

    assert "There is no field “complaint.gone” to filter by." in page.text(".error-summary")
