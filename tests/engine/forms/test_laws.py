"""What holds for every form and every input."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import InvalidForm
from engine.forms.moments import MomentField
from engine.forms.numbers import number_in
from engine.forms.scope import Scope
from engine.forms.view import Fieldset, Question, RowsNode

NAMES = [
    "summary", "complaint.email", "narrative", "amount", "approved", "received_at", "event_on", "call_time",
    "confirmed", "founded", "reason", "demands", "tags", "contact.phone", "measures-0-what",
    "measures-0-cost", "measures-3-cost",
    "_rows:measures", "_add:measures", "_remove:measures:0",
]  # fmt: skip
likely = st.sampled_from(
    ["", "true", "yes", "no", "12", "1,234.50", "-0", "2026-02-30", "2026-03-09", "2026-03-09T25:00", "14:30", "fees",
     "refund", "a", "13800138000", "li@example.com", "0", "4111111111111111", "0001-01-01T00:00", "9999-12-31T23:59"]
)  # fmt: skip
texts = likely | st.text() | st.text(alphabet="0123456789.,-+eE\uff11\u0663:T ", max_size=30)
entered = st.dictionaries(st.sampled_from(NAMES), st.lists(texts, max_size=2))
stored = st.fixed_dictionaries(
    {},
    optional={
        "summary": st.text(
            st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=3, max_size=40
        ),
        "amount": st.decimals(0, 500, places=2),
        "received_at": st.datetimes(datetime(1990, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        "event_on": st.dates(datetime(1900, 1, 1, tzinfo=UTC).date(), datetime(2026, 1, 1, tzinfo=UTC).date()),
        "call_time": st.times(),
        "confirmed": st.just(True),
        "founded": st.sampled_from(["yes", "no", "gone"]),
        "reason": st.sampled_from(["fees", "delay"]),
        "demands": st.lists(st.sampled_from(["refund", "apology"]), unique=True),
        "measures": st.lists(
            st.fixed_dictionaries({"what": st.sampled_from(["a", "b"]), "owner": st.just("Li")}), max_size=3
        ),
    },
)
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def sent(nodes) -> dict[str, list[str]]:
    """What a browser would send for these nodes."""
    fields: dict[str, list[str]] = {}
    for node in nodes:
        if isinstance(node, Fieldset):
            fields |= sent(node.children)
        elif isinstance(node, RowsNode):
            fields[node.marker] = ["", *(str(row.index) for row in node.rows)]
            for row in node.rows:
                fields |= sent(row.children)
        elif isinstance(node, Question) and not node.locked and node.kind not in ("output", "file"):
            chosen = [option.value for option in node.options if option.chosen]
            fields[node.name] = ["", *chosen] if node.options or node.kind == "checkbox" else list(node.texts) or [""]
            if node.kind == "checkbox":
                fields[node.name] += node.texts
    return fields


@shared
@given(entered)
def test_any_input_gives_typed_answers_or_messages(form, context, functions, fields):
    form.view(context, fields, "zh", functions)
    form.view(context, form.draft(fields), "en", functions)
    form.rearrange(fields, context, functions)
    try:
        values = form.submit(fields, {}, context, "en", functions).values
    except InvalidForm as refusal:
        told = {name: template.format(**params) for name, (template, params) in refusal.errors.items()}
        assert told
        assert form.view(context, fields, "en", functions, refusal.errors).errors  # noqa: PT017
    else:
        assert isinstance(values["summary"], str)
        assert values.get("amount") is None or isinstance(values["amount"], Decimal)
        assert values.get("received_at") is None or values["received_at"].tzinfo is not None


@shared
@given(entered, st.sampled_from(["en", "zh"]))
def test_what_is_refused_once_is_refused_again_from_the_draft(form, context, functions, fields, language):
    def outcome(values):
        try:
            return form.submit(values, {}, context, language, functions).values
        except InvalidForm as refusal:
            return refusal.errors

    assert outcome(form.draft(fields)) == outcome(fields)


@shared
@given(stored)
def test_what_is_shown_can_be_submitted_and_shows_the_same_again(form, context, functions, values):
    before = {"summary": "Long enough", "confirmed": True, "reason": "fees", **values}
    first = form.view({**context, **before}, {}, "en", functions)
    submitted = form.submit(sent(first.nodes), {}, {**context, **before}, "en", functions).values
    again = form.view({**context, **before, **submitted}, {}, "en", functions)
    assert sent(again.nodes) == sent(first.nodes)
    assert form.submit(sent(again.nodes), {}, {**context, **before, **submitted}, "en", functions).values == submitted


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_a_number_written_with_or_without_separators_is_the_same(number):
    wide = str.maketrans("0123456789,.", "".join(chr(ord(c) + 0xFEE0) for c in "0123456789,."))
    for text in (f"{number:f}", f"{number:,f}", f"{number:,f}".translate(wide), f" {number:f} "):
        assert number_in(text) == number


@pytest.mark.parametrize("text", ["1,5", "1.234,50", "12,34,567", "1e5", "0x1", "NaN", "--1", "1 000,5", ".", "", "+"])
def test_what_is_unclear_is_no_number(text):
    assert number_in(text) is None


def test_an_hour_that_clocks_skip_is_refused_and_a_repeated_one_is_the_first(make, field, monkeypatch):
    monkeypatch.setattr("engine.clock.zone", lambda: ZoneInfo("Europe/Berlin"))
    form = make(field("datetime", subtype="datetime"))
    (component,) = form.components
    assert isinstance(component, MomentField)
    with pytest.raises(InvalidForm):
        form.submit({"x": ["2026-03-29T02:30"]}, {}, {})
    moment = component.accept(["2026-10-25 02:30"], Scope({}))
    assert moment.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert component.accept(["2026-10-25T01:30:00Z"], Scope({})).astimezone(UTC) == datetime(
        2026, 10, 25, 1, 30, tzinfo=UTC
    )
