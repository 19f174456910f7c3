"""A file as the Bureau publishes it, with complaints of our own writing, and an installation to import it into."""

import csv
import itertools
from datetime import date, timedelta

import processes
from engine import clock, commands, definitions, identity, travel
from engine.db import Base, Database
from engine.identity import Actor
from engine.site import Site
from engine.vault import Vault
from processes.complaint import importing, tables
from tests.processes.complaint.filing import local

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


def open_site(folder, ports=None):
    """An empty installation with the shipped process and all its groups."""
    assert tables.Complaint.metadata is Base.metadata
    definitions.forget()
    database = Database(f"sqlite:///{folder / 'redress.db'}")
    Base.metadata.create_all(database.write)
    site = Site(database, processes.load(), Vault(bytes(range(32))), folder / "files", ports or {})
    with database.transaction() as session:
        site.vault.mark_key(session)
        identity.add_missing_groups(session, (*identity.OWN_GROUPS, *site.applications["complaint"].groups))
    with clock.at(local("2023-06-01")):
        commands.ship(site, "complaint", now=clock.now())
    return site


def open_scratch(folder, count):
    """The same, marked as scratch, with `count` imported complaints."""
    site = open_site(folder)
    travel.mark(site, travel.SCRATCH)
    path = write(folder / "complaints.csv", map(cells, range(count)))
    for row in importing.rows(path):
        importing.start(site, row, actor=OPERATOR, virtual=True)
    return site


def numbered(count):
    """`count` rows."""
    return list(itertools.islice(map(cells, itertools.count()), count))
