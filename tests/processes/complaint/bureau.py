"""A file as the Bureau publishes it, with complaints of our own writing, and an installation to import it into."""

import csv
import functools
import itertools
import tempfile
from datetime import date, timedelta
from pathlib import Path

from engine import travel
from engine.identity import Actor
from processes.complaint import importing
from tests.bank import set_up, site_on
from tests.stores import copied

OPERATOR = Actor(None, "system", "system", frozenset({"admin"}))

PRODUCTS = [("Credit card", "Billing statement"), ("Mortgage", "Closing on a mortgage"), ("Debt collection", "Other")]


def cells(number, **more):
    """The cells of one made-up complaint; `more`: column → text, blanks in names written as `_`."""
    product, issue = PRODUCTS[number % len(PRODUCTS)]
    received = date(2023, 7, 3) + timedelta(days=number % 4)
    row = dict.fromkeys(importing.COLUMNS, "") | {
        "Date received": received.isoformat(),
        "Product": product,
        "Issue": issue,
        "Consumer complaint narrative": f"A made-up story, number {number}." if number % 2 else "",
        "Company": "Example Bank",
        "State": "CA",
        "ZIP code": "000XX",
        "Submitted via": "Web",
        "Date sent to company": received.isoformat(),
        "Company response to consumer": "Closed with explanation",
        "Timely response?": "Yes",
        "Complaint ID": str(9_000_000 + number),
    }
    return row | {name.replace("_", " "): text for name, text in more.items()}


def write(path, rows):
    """Write `rows` as the Bureau does; gives the path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(importing.COLUMNS)
        writer.writerows([row[column] for column in importing.COLUMNS] for row in rows)
    return path


def open_scratch(folder, count):
    """An installation marked as scratch, with `count` imported complaints."""
    return site_on(copied(folder, _scratch(count)), folder)


@functools.cache
def _scratch(count):
    def fill(database):
        site = site_on(database, Path())
        set_up(site)
        travel.mark(site, travel.SCRATCH)
        with tempfile.TemporaryDirectory() as here:
            for row in importing.rows(write(Path(here) / "complaints.csv", map(cells, range(count)))):
                importing.start(site, row, actor=OPERATOR, virtual=True)

    return fill


def numbered(count):
    """`count` rows."""
    return list(itertools.islice(map(cells, itertools.count()), count))
