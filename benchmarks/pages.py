"""The pages of a house with many cases: `python -m benchmarks.pages [--cases N] [--url …]`; `make bench`: 30,000.

Per page: milliseconds in the server, SQL statements, and on a slow line, as Chromium makes one, the bytes of a first
visit and when something is to be read.
"""

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import func, literal, select

from benchmarks import alone
from benchmarks.seed import seed
from engine import clock, identity
from engine.identity import Actor
from engine.models import HistoryEvent, Person, UserTask
from engine.site import Site
from processes.complaint.tables import Complaint
from tests.counting import counting
from tests.serving import serving
from webforms import make_app

#: What a page may take: milliseconds for 95 of 100 requests, statements, bytes, milliseconds until something is shown.
MOST_MS, MOST_STATEMENTS, MOST_BYTES, MOST_BLANK_MS = 100, 15, 150_000, 1_000
#: A slow telephone: milliseconds there and back, bytes a second.
LATENCY, DOWN, UP = 150, 1_600_000 // 8, 750_000 // 8
#: Requests that warm up, and that count.
WARM, MOST_ROUNDS = 3, 60
#: Leads all who work on complaints, and sees all of them.
LEAD = "cp_manager1"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass(frozen=True)
class Page:
    """One page: who opens which addresses of it."""

    who: Actor
    paths: Sequence[str]


def measure(rounds: int, cases: int = 30_000, url: str = "") -> dict[str, Any]:
    """What each page takes among so many cases; prints it."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        site = seed(Path(folder), cases, url)
        filled, size = time.perf_counter() - began, site.database.size()
        print(f"Pages among {cases} cases ({size / 1e6:.0f} MB, filled in {filled:.0f} s)")
        app = make_app(site, "benchmark", Path(folder), secure=False)
        app.config["RATELIMIT_ENABLED"] = False
        with clock.at(_last(site)):
            pages = _pages(site)
            found = {name: _served(site, app, page, min(rounds, MOST_ROUNDS)) for name, page in pages.items()}
            shown = _shown(app, pages)
        site.database.dispose()
    for name in pages:
        _print(name, found[name], shown[name])
    return {"cases": cases, "bytes": size, "pages": {name: found[name] | shown[name] for name in pages}}


def _last(site: Site) -> datetime:
    """When the last thing happened."""
    with site.database.reading() as session:
        return session.scalars(select(HistoryEvent.at).order_by(HistoryEvent.at.desc()).limit(1)).one()


def _pages(site: Site) -> dict[str, Page]:
    """Who looks at what: whoever has most to do, and a supervisor of the whole house."""
    dice = random.Random(1)
    with site.database.reading() as session:
        held = select(UserTask.assignee_id).where(UserTask.status == "open", UserTask.assignee_id.is_not(None))
        busiest = session.scalar(held.group_by(UserTask.assignee_id).order_by(func.count().desc()).limit(1))
        clerk = identity.actor(session, busiest or 0)
        lead = identity.actor(session, session.scalars(select(Person.id).where(Person.username == LEAD)).one())
        own = select(UserTask.id).where(UserTask.status == "open", UserTask.assignee_id == clerk.id)
        tasks = list(session.scalars(own.limit(500)))
        told = select(HistoryEvent.stream).where(HistoryEvent.sequence == 1, HistoryEvent.stream.like("instance:%"))
        told = told.join(Complaint, literal("instance:") + Complaint.instance_id == HistoryEvent.stream)
        cases = [stream.removeprefix("instance:") for stream in session.scalars(told.limit(2_000))]
        numbers = session.scalars(select(Complaint.number).limit(2_000)).all()
    return {
        "my tasks": Page(clerk, ["/tasks"]),
        "tasks of my groups": Page(clerk, ["/tasks?box=groups"]),
        "overdue, by priority": Page(clerk, ["/tasks?box=overdue&sort=priority&sort=due"]),
        "all tasks of the house": Page(lead, ["/tasks?box=all"]),
        "tasks on a condition": Page(lead, ["/tasks?box=all&where=complaint.amount_claimed+>+1000"]),
        "a task": Page(clerk, [f"/tasks/{task}" for task in dice.sample(tasks, min(60, len(tasks)))]),
        "all cases": Page(lead, ["/instances"]),
        "a case": Page(lead, [f"/instances/{case}" for case in dice.sample(cases, min(60, len(cases)))]),
        "search for a number": Page(lead, [f"/search?q={number}" for number in dice.sample(list(numbers), 50)]),
        "search for a word": Page(lead, ["/search?q=转账"]),
        "notifications": Page(clerk, ["/notifications"]),
        "my page": Page(clerk, ["/me"]),
    }


def _served(site: Site, app: Flask, page: Page, rounds: int) -> dict[str, Any]:
    """Milliseconds (median, 95 of 100) and statements (most) of a page."""
    client, times, statements = _logged_in(app, page.who), [], []
    for number in range(WARM + max(rounds, 20)):
        path = page.paths[number % len(page.paths)]
        with counting(site.database) as count:
            began = time.perf_counter_ns()
            answer = client.get(path)
            took = (time.perf_counter_ns() - began) / 1e6
        if answer.status_code not in {200, 302, 303}:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        times.append(took)
        statements.append(len(count.statements))
    most = statistics.quantiles(times[WARM:], n=20, method="inclusive")[-1]
    return {"ms": [round(statistics.median(times[WARM:]), 1), round(most, 1)], "statements": max(statements[WARM:])}


def _logged_in(app: Flask, who: Actor) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(_session_of(who))
    return client


def _session_of(who: Actor) -> dict[str, Any]:
    return {"language": "zh", "_user_id": f"{who.id}:{who.epoch}", "_fresh": True}


# --- in a browser -----------------------------------------------------------------------------------------------------


def _shown(app: Flask, pages: dict[str, Page]) -> dict[str, dict[str, Any]]:
    """Bytes of a first visit on the slow line, and milliseconds until something is to be read."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    with serving(app) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        return {
            name: _visit(browser, url + page.paths[0], serializer.dumps(_session_of(page.who)))
            for name, page in pages.items()
        }


def _visit(browser: Browser, address: str, cookie: str) -> dict[str, Any]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": "redress", "value": cookie, "url": address}])
    page = context.new_page()
    line, sizes = context.new_cdp_session(page), []
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    slow = {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP}
    line.send("Network.emulateNetworkConditions", slow)
    page.goto(address, wait_until="networkidle")
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return {"bytes": int(sum(sizes)), "blank_ms": round(first)}


def _print(name: str, served: dict[str, Any], shown: dict[str, Any]) -> None:
    (median, most), statements, size, blank = served["ms"], served["statements"], shown["bytes"], shown["blank_ms"]
    over = most > MOST_MS or statements > MOST_STATEMENTS or size > MOST_BYTES or blank > MOST_BLANK_MS
    print(
        f"  {name:26}{median:8.1f} ms {most:8.1f} ms (95 %) {statements:4} statements "
        f"{size / 1000:6.0f} kB {blank:6} ms blank{'  over what is wanted' if over else ''}"
    )


if __name__ == "__main__":
    alone.run("pages", measure)
