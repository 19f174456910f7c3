"""The diagram of a case in a real browser: where it opens, and how fingers and keys move it."""

import re

import pytest
from playwright.sync_api import expect

from engine import clock, commands
from engine.identity import CONSUMER
from tests.e2e.acting import log_in

pytestmark = pytest.mark.browser

COMPLAINT = {
    "complaint.channel": "CH.PORTAL",
    "complaint.capacity": "self",
    "complaint.language": "en",
    "complaint.narrative": "My card was charged twice. You promised to refund it; nothing has arrived.",
    "complaint.demands": ["D.REFUND"],
}


@pytest.fixture
def case(office, open_page):
    """The page of a complaint that waits for its registration, on a phone."""
    submitted = commands.Submitted(values=COMPLAINT)
    started = commands.start_instance(office.site, "complaint", submitted, actor=CONSUMER, now=clock.now())
    office.tick()
    page = open_page("en", "narrow")
    log_in(page, "intake1")
    page.goto(f"/instances/{started['instance_id']}/process")
    page.wait_for_selector("#diagram[data-ready]")
    page.locator("#diagram").scroll_into_view_if_needed()
    return page


def view(page):
    """Scale and offset of the drawing, in pixels."""
    matrix = page.locator("#diagram .viewport").get_attribute("transform")
    scale, _, _, _, x, y = map(float, re.findall(r"-?[\d.]+(?:e-?\d+)?", matrix))
    return scale, x, y


def drag(page, *fingers):
    """Draw each finger from its first point to its second, points as (x, y) from the middle of the diagram."""
    box = page.locator("#diagram").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    for share in (0, 0.25, 0.5, 0.75, 1):
        points = [
            {
                "x": middle[0] + start[0] + (end[0] - start[0]) * share,
                "y": middle[1] + start[1] + (end[1] - start[1]) * share,
                "id": number,
            }
            for number, (start, end) in enumerate(fingers)
        ]
        session.send(
            "Input.dispatchTouchEvent", {"type": "touchMove" if share else "touchStart", "touchPoints": points}
        )
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_it_opens_where_the_case_stands_and_large_enough_to_read(case):
    frame = case.locator("#diagram").bounding_box()
    task = case.locator('#diagram [data-element-id="register"] .djs-visual').bounding_box()

    assert task["width"] >= 60
    assert frame["x"] <= task["x"] <= frame["x"] + frame["width"] - task["width"]
    assert frame["y"] <= task["y"] <= frame["y"] + frame["height"] - task["height"]


def test_one_finger_moves_the_drawing_and_not_the_page(case):
    # buttons grow under fingers, and the browser keeps the drawing in its place: its place is what counts
    place = case.locator("#diagram").bounding_box()
    scale, x, y = view(case)

    drag(case, ((40, 40), (-40, -20)))

    moved = view(case)
    assert moved[0] == pytest.approx(scale, rel=0.001)
    assert moved[1] == pytest.approx(x - 80, abs=1)
    assert moved[2] == pytest.approx(y - 60, abs=1)
    assert case.locator("#diagram").bounding_box() == place


def test_two_fingers_zoom_around_the_middle_between_them(case):
    scale, _, _ = view(case)

    drag(case, ((-30, 0), (-60, 0)), ((30, 0), (60, 0)))

    assert view(case)[0] == pytest.approx(scale * 2, rel=0.02)


def test_keys_move_and_zoom_the_drawing_and_tab_leaves_it(case):
    drawing = case.locator("#diagram svg[tabindex]").first
    drawing.focus()
    scale, x, _ = view(case)

    case.keyboard.press("ArrowRight")
    assert view(case)[1] == pytest.approx(x - 80, abs=1)

    case.keyboard.press("+")
    assert view(case)[0] == pytest.approx(scale * 1.25, rel=0.01)

    for _ in range(8):
        case.keyboard.press("Tab")
    assert not case.evaluate("document.querySelector('#diagram').contains(document.activeElement)")


def test_buttons_show_all_of_it_and_lead_back(case):
    opened = view(case)

    case.get_by_role("button", name="Whole diagram").click()
    assert view(case)[0] < opened[0]

    case.get_by_role("button", name="Current step").click()
    assert view(case) == pytest.approx(opened, rel=0.01)


def test_a_click_on_an_element_shows_its_row_where_that_is_folded_away(case):
    case.get_by_role("button", name="Whole diagram").click()
    folded = [row.get_attribute("data-element-id") for row in case.locator("details tr[data-element-id]").all()]
    drawn = next(each for each in folded if case.locator(f'#diagram [data-element-id="{each}"]').count())
    row = case.locator(f'tr[data-element-id="{drawn}"]').first
    expect(row).not_to_be_visible()

    case.locator(f'#diagram [data-element-id="{drawn}"] .djs-hit').first.click()

    expect(row).to_be_visible()
