"""Time as a parameter."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine import clock


def test_now_is_fixed_inside_a_block_and_free_again_behind_it():
    moment = datetime(2026, 3, 1, 20, tzinfo=UTC)
    with clock.at(moment):
        assert clock.now() == moment
        assert clock.today() == date(2026, 3, 2)

    assert abs(clock.now() - clock.real_now()) < timedelta(seconds=5)


def test_a_moment_needs_a_time_zone():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 3, 1)):  # noqa: DTZ001 - the point of it
        pass


def test_the_offset_shifts_now_and_not_the_wall_clock():
    clock.set_offset(timedelta(days=3))
    try:
        assert clock.now() - clock.real_now() > timedelta(days=2)
    finally:
        clock.set_offset(timedelta())


def test_the_zone_is_a_setting():
    try:
        clock.set_zone("UTC")
        with clock.at(datetime(2026, 3, 1, 20, tzinfo=UTC)):
            assert clock.today() == date(2026, 3, 1)
    finally:
        clock.set_zone("Asia/Shanghai")
