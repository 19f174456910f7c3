"""Starting up and serving: migrate, ship the processes, fill a demo, start the clock, serve until told to stop."""

import errno
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import waitress
from flask import Flask
from sqlalchemy.exc import OperationalError
from waitress import wasyncore

from engine import clock, commands, identity, jobs, reference, scheduler, travel, upkeep
from engine.errors import BadSetting, InvalidModel, RedressError
from engine.models import Mark
from engine.organisation import materialise
from engine.problems import Problem
from engine.site import Site
from webforms import schema
from webforms.settings import Settings

#: Under which names the application keeps its installation, its settings, and what fills a demo.
SITE, SETTINGS, DEMO = "redress.site", "redress.settings", "redress.demo"
#: Seconds that requests under way get when the program is told to stop.
GRACE = 30.0
#: Seconds until the server notices that it is told to stop.
NOTICE = 0.5

Say = Callable[[str], None]


def main(app: Flask) -> None:
    """Prepare and serve; ends the program with a message when that cannot be."""
    site: Site = app.extensions[SITE]
    settings: Settings = app.extensions[SETTINGS]
    try:
        _require_port(settings)
        prepare(site, settings, say)
        if settings.demo:
            app.extensions[DEMO](say)
    except RedressError as error:
        sys.exit(f"redress: {error.message}")
    except OperationalError as error:
        why = str(error.orig).strip().partition("\n")[0]
        sys.exit(f"redress: the database of REDRESS_DATABASE_URL does not answer: {why}")
    serve(app, site, settings)


def prepare(site: Site, settings: Settings, say: Say) -> None:
    """Migrate, check the key, add groups, deploy what the program ships. Raises WrongKey, BadSetting, InvalidModel."""
    say("migrating the database")
    schema.upgrade(settings.database_url)
    reference.follow(site.database)
    with site.database.transaction() as session:
        site.vault.mark_key(session)
        if session.get(Mark, travel.DEMO) is not None and not settings.demo:
            why = "its database is a demo, with people whose password is known; set another folder, or REDRESS_DEMO=1"
            raise BadSetting(name="REDRESS_DATA_DIR", why=why)
        identity.add_missing_groups(session)
        for application in site.applications.values():
            identity.add_missing_groups(session, application.groups)
        materialise(session, site.applications.organisation())
    again = upkeep.erase_again(site, clock.now())
    if again:
        say(f"erased {again} people again, whom a back-up had brought back")
    for key in site.applications:
        _ship(site, key, say)
    site.database.analyse()


def _ship(site: Site, key: str, say: Say) -> None:
    say(f"deploying {key}")
    try:
        deployed = commands.ship(site, key, now=clock.now())
    except InvalidModel as error:
        for problem in error.problems:
            if isinstance(problem, Problem):
                say(f"  {problem.code} {problem.file} {problem.element_id}: {problem.what()}")
        raise
    if not deployed.is_active:
        say(f"  version {deployed.number} of {key} was shipped and waits; a person's version is active")


def ticking(site: Site) -> Callable[[], None]:
    """What the scheduler calls: time and tables of the database, then all that is due; nothing while it is held."""

    def tick() -> None:
        if travel.is_held(site):
            return
        travel.follow(site)
        reference.follow(site.database)
        jobs.tick(site, clock.now())
        upkeep.keep_up(site, clock.now())

    return tick


def serve(app: Flask, site: Site, settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl+C; requests under way are finished."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(
        app,
        map=sockets,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        connection_limit=1000,
        channel_timeout=30,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        **_proxy(settings),
    )
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    clockwork = scheduler.start(ticking(site)) if settings.scheduler else None
    say(f"serving {settings.public_url}")
    while not stopping.is_set():
        wasyncore.loop(timeout=NOTICE, use_poll=True, map=sockets, count=1)
    say("stopping")
    _finish(sockets)
    server.task_dispatcher.shutdown()
    if clockwork is not None:
        clockwork.shutdown(wait=True)
    site.database.dispose()


def _finish(sockets: dict[int, Any]) -> None:
    """Take no new connection, and let the requests under way be answered."""
    for each in list(sockets.values()):
        if each.accepting:
            each.close()
    end = time.monotonic() + GRACE
    while any(map(_is_busy, list(sockets.values()))) and time.monotonic() < end:
        wasyncore.loop(timeout=NOTICE, use_poll=True, map=sockets, count=1)


def _is_busy(connection: Any) -> bool:
    """Whether a request waits for its answer, or a part of the answer for the network."""
    return bool(getattr(connection, "requests", None) or getattr(connection, "total_outbufs_len", 0))


def _proxy(settings: Settings) -> dict[str, Any]:
    if not settings.trusted_proxy:
        return {}
    headers = "x-forwarded-for x-forwarded-proto"
    return {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": headers}


def say(line: str) -> None:
    """Print one line of progress at once."""
    print(line, flush=True)  # noqa: T201 - the terminal is where somebody waits


def _require_port(settings: Settings) -> None:
    """Raise BadSetting when host and port cannot be served on."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                why = f"port {settings.port} is in use; choose another one, as REDRESS_PORT={settings.port + 1}"
                raise BadSetting(name="REDRESS_PORT", why=why) from error
            if error.errno == errno.EACCES:
                why = f"port {settings.port} is for the superuser only; choose one from 1024, and a proxy before it"
                raise BadSetting(name="REDRESS_PORT", why=why) from error
            raise BadSetting(name="REDRESS_HOST", why=f"{settings.host} is no address of this machine") from error
