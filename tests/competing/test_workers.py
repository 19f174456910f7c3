"""Three workers on the same due timers and jobs: each happens exactly once."""

from collections import Counter

import pytest

from engine import jobs
from tests.applications import model, task, timer, work
from tests.competing.test_people import at_once

ROUNDS, CASES = 4, 5


@pytest.mark.store
def test_every_timer_fires_once_and_all_work_is_done_once(office):
    parts = task("a") + timer("late", "a", "P1D") + work("w") + task("b")
    office.deploy(model(parts, "start > a > end; late > w > b > end2"))
    for _ in range(ROUNDS):
        cases = [office.start() for _ in range(CASES)]
        office.topics.calls.clear()
        office.now = max(one.due_at for one in office.timers())

        at_once(*(lambda: jobs.tick(office.site, office.now) for _ in range(3)))
        while office.tick():
            pass

        for case in cases:
            assert office.open(case) == ["b"]
            assert Counter(office.kinds(case))["timer_fired"] == 1
        assert sorted(work.instance_id for work in office.topics.calls) == sorted(cases)
        assert [job.attempts for job in office.jobs(state="done")] == [1] * len(office.jobs())
    assert office.incidents() == []
