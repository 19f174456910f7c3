"""Starting up and serving: migrate, ship the processes, fill a demo, start the clock, serve until told to stop."""

import contextlib
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

import waitress
from flask import Flask

from engine import clock, commands, identity, jobs, scheduler, travel
from engine.errors import InvalidModel, RedressError
from engine.site import Site
from webforms import schema
from webforms.settings import Settings


def prepare(site: Site, settings: Settings, say: Callable[[str], None]) -> None:
    """Migrate, check the key, add groups, deploy what the program ships. Raises WrongKey."""
    say("migrating the database")
    schema.upgrade(settings.database_url)
    with site.database.transaction() as session:
        site.vault.mark_key(session)
        identity.add_missing_groups(session)
        for application in site.applications.values():
            identity.add_missing_groups(session, application.groups)
    for key in site.applications:
        say(f"deploying {key}")
        try:
            deployed = commands.ship(site, key, now=clock.now())
        except InvalidModel as error:
            for problem in error.problems:
                say(f"  {problem}")
            raise
        if not deployed.is_active:
            say(f"  version {deployed.number} of {key} was shipped and waits; a person's version is active")


def ticking(site: Site) -> Callable[[], None]:
    """What the scheduler calls: the time of the database, then everything that is due."""

    def tick() -> None:
        if travel.is_held(site):
            return
        travel.follow(site)
        jobs.tick(site, clock.now())

    return tick


def main(app: Flask) -> None:
    """Prepare and serve; ends the program with a message when that cannot be."""
    site: Site = app.extensions["redress.site"]
    settings: Settings = app.extensions["redress.settings"]
    try:
        _check_port(settings)
        prepare(site, settings, say)
        if settings.demo:
            fill = app.extensions["redress.demo"]
            fill(say)
    except RedressError as error:
        sys.exit(f"redress: {error.message}")
    serve(app, site, settings)


def serve(app: Flask, site: Site, settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl+C; requests under way are finished."""
    proxy: dict[str, Any] = {}
    if settings.trusted_proxy:
        proxy = {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto"}
    server = waitress.create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        connection_limit=1000,
        channel_timeout=30,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        **proxy,
    )
    clockwork = scheduler.start(ticking(site)) if settings.scheduler else None
    stopping = threading.Event()

    def stop(*_arguments: object) -> None:
        stopping.set()
        raise SystemExit

    signal.signal(signal.SIGTERM, stop)
    say(f"serving http://{settings.host}:{settings.port}")
    with contextlib.suppress(SystemExit, KeyboardInterrupt):
        server.run()
    server.task_dispatcher.shutdown(cancel_pending=False, timeout=30)
    server.close()
    if clockwork is not None:
        clockwork.shutdown(wait=True)
    site.database.dispose()


def say(line: str) -> None:
    """Print one line of progress at once."""
    print(line, flush=True)  # noqa: T201 - the terminal is where somebody waits


def _check_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            sys.exit(f"redress: port {settings.port} is in use; choose another with REDRESS_PORT")
