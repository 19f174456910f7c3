"""Which lines of a timeline are shown, on which page, and what the filters lead to."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from webforms.case import lines
from webforms.case.lines import KINDS, PER_PAGE, Line, by_day, in_order, kind_of, shown

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def line(number, kind="task", *, is_fine=False, at=None):
    return Line(f"h-{number}", kind, at or NOON - timedelta(minutes=number), "…", "Ann", is_fine=is_fine)


LINES = st.lists(
    st.tuples(st.sampled_from([kind for kind in KINDS if kind != "step"]), st.booleans()), min_size=1, max_size=150
).map(lambda found: [line(number, "step" if fine else kind, is_fine=fine) for number, (kind, fine) in enumerate(found)])


def keys(found):
    return [each.key for _, part in found.days for each in part]


@given(LINES, st.sets(st.sampled_from(list(KINDS))))
def test_the_pages_together_hold_every_line_that_fits_once(found, kinds):
    first = shown(found, kinds)
    all_keys = [key for page in range(1, first.pages + 1) for key in keys(shown(found, kinds, page=page))]

    wanted = [each.key for each in found if (each.kind in kinds if kinds else not each.is_fine)]
    assert all_keys == wanted
    assert first.total == len(wanted)


@given(LINES, st.sets(st.sampled_from(list(KINDS))), st.integers(0, 149), st.integers(-2, 9))
def test_a_line_that_is_pointed_at_is_shown_whatever_else_was_asked(found, kinds, number, page):
    wanted = found[number % len(found)]
    page_shown = shown(found, kinds, page=page, pointed_at=wanted.key)

    assert wanted.key in keys(page_shown)
    assert page_shown.pointed_at == wanted.key


def test_a_line_that_is_not_there_changes_nothing():
    found = [line(number) for number in range(PER_PAGE + 1)]

    assert keys(shown(found, (), pointed_at="h-999")) == [each.key for each in found[:PER_PAGE]]
    assert keys(shown(found, (), page=99)) == [f"h-{PER_PAGE}"]


def test_a_filter_counts_its_lines_and_leads_to_itself_and_back():
    found = [line(1), line(2, "clock"), line(3, "clock"), line(4, "step", is_fine=True)]
    chips = {chip.kind: chip for chip in shown(found, ("clock",)).chips}

    assert {kind: chip.count for kind, chip in chips.items()} == {"task": 1, "clock": 2, "step": 1}
    assert chips["clock"].is_on
    assert chips["clock"].then == ()
    assert chips["task"].then == ("task", "clock")
    assert shown(found, ("nonsense",)).kinds == ()


def test_days_are_those_of_business():
    late = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)
    found = by_day([line(1, at=late + timedelta(minutes=2)), line(2, at=late)])

    assert [day.isoformat() for day, _ in found] == ["2026-03-03", "2026-03-02"]


def test_newest_comes_first_and_one_moment_keeps_its_order():
    found = in_order([line(5, at=NOON), line(1, at=NOON), line(9, at=NOON + timedelta(1))])

    assert [each.key for each in found] == ["h-9", "h-5", "h-1"]


def test_kinds_of_history_fall_into_kinds_of_the_timeline():
    assert kind_of("task_handed") == "task"
    assert kind_of("case_linked") == "change"
    assert kind_of("task_completed") == kind_of("left") == "step"
    assert set(lines._KIND_OF.values()) <= KINDS.keys()
