import math
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import YearsMonths
from engine.values import MAX_DEPTH, NotStorable, dumps, loads, loads_item

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ZONES = st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=-3, minutes=-30)))
NAMED = st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]).map(ZoneInfo)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.decimals(allow_nan=False)
    | TEXT
    | st.dates()
    | st.times(timezones=ZONES | NAMED)
    | st.datetimes(timezones=ZONES | NAMED)
    | st.timedeltas()
    | st.integers(-5000, 5000).map(YearsMonths)
)
KEYS = TEXT | st.sampled_from(["$", "v", "$$"])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


def same(left, right):
    """Equal in type too, and in the digits of decimals."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(item, right[key]) for key, item in left.items())
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, Decimal):
        return str(left) == str(right)
    if isinstance(left, datetime | time):
        named = isinstance(left.tzinfo, ZoneInfo)
        return left == right and (not named or left.tzinfo.key == right.tzinfo.key)
    return left == right


@given(VALUES)
def test_what_is_stored_comes_back_the_same_in_type_and_value(value):
    assert same(loads(dumps(value)), value)


@given(st.dictionaries(st.just("$"), TEXT | VALUES), st.sampled_from(["decimal", "context", "date", "range"]), TEXT)
def test_a_context_that_looks_like_a_tag_stays_a_context(value, tag, text):
    for posing in (value, {"$": tag, "v": text}, {"$": tag, "v": {"$": tag, "v": text}}):
        assert same(loads(dumps(posing)), posing)


@given(st.dictionaries(KEYS, VALUES), KEYS)
def test_one_value_of_a_mapping_is_read_without_the_others(value, key):
    assert same(loads_item(dumps(value), key), value.get(key))


def test_the_second_of_two_equal_hours_stays_the_second():
    moment = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)

    assert loads(dumps(moment)).utcoffset() == timedelta(hours=1)


def test_numbers_that_json_has_not_come_back():
    assert loads(dumps([math.inf, -math.inf, 2**80])) == [math.inf, -math.inf, 2**80]
    assert math.isnan(loads(dumps(math.nan)))


def test_a_tuple_becomes_a_list():
    assert loads(dumps((1, (2,)))) == [1, [2]]


@pytest.mark.parametrize("value", [b"bytes", {1: "a"}, {1, 2}, object(), "\ud800", {"\ud800": 1}, [object()]])
def test_what_cannot_be_stored_is_refused_by_its_type_and_never_by_its_value(value):
    with pytest.raises(NotStorable) as refused:
        dumps(value)

    assert "cannot be stored" in refused.value.message
    assert "object at" not in refused.value.message


def test_lists_may_lie_as_deep_as_the_limit_and_no_deeper():
    value = {"$": date(2026, 3, 2)}
    for _ in range(MAX_DEPTH - 1):
        value = {"$": value}

    assert loads(dumps(value)) == value
    with pytest.raises(NotStorable, match="too deep"):
        dumps([value])


def test_bytes_that_were_not_written_here_are_not_read():
    with pytest.raises(ValueError, match="unknown type"):
        loads(b'{"$": "python/object", "v": "os.system"}')
    with pytest.raises(ValueError, match="line 1"):
        loads(b"garbage")
