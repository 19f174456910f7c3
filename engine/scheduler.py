"""The clock that asks what is due: the only user of APScheduler. Jobs and timers themselves stand in the database."""

from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

#: Seconds between two questions; one indexed query while nothing is due.
EVERY = 1.0


def start(tick: Callable[[], object], every: float = EVERY) -> BackgroundScheduler:
    """Call `tick` every `every` seconds in a thread of its own, never twice at once; returns the running scheduler."""
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(tick, "interval", seconds=every, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    return scheduler
