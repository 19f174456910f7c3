"""`flask worker`: timers, messages and jobs without web pages."""

import signal
import threading

import click
from flask.cli import with_appcontext

from engine import scheduler
from webforms import schema
from webforms.console.shared import plainly, site
from webforms.serving import ticking


@click.command("worker")
@click.option("--every", default=scheduler.EVERY, show_default=True, help="Seconds between two looks.")
@with_appcontext
def worker(every: float) -> None:
    """Fire timers, deliver messages and do jobs until told to stop. Any number may run beside each other.

    Example: flask worker
    """
    here = site()
    with plainly():
        schema.require_newest(here.database)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    clockwork = scheduler.start(ticking(here), every)
    click.echo("working; stop with Ctrl+C")
    stop.wait()
    clockwork.shutdown(wait=True)
    here.database.dispose()
