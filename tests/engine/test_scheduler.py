"""The clock thread."""

import threading

from engine import scheduler


def test_the_tick_is_called_again_and_again_until_it_is_stopped():
    ticks = threading.Semaphore(0)
    running = scheduler.start(ticks.release, every=0.01)

    assert ticks.acquire(timeout=10)
    assert ticks.acquire(timeout=10)
    running.shutdown(wait=True)
    assert not running.running


def test_a_tick_never_runs_beside_itself():
    inside, most = [], []
    twice = threading.Event()

    def tick():
        inside.append(1)
        most.append(len(inside))
        if len(most) > 2:
            twice.set()
        inside.pop()

    running = scheduler.start(tick, every=0.01)
    assert twice.wait(timeout=10)
    running.shutdown(wait=True)

    assert set(most) == {1}
