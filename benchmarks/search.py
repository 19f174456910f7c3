"""Searching among many cases: `python -m benchmarks.search [--cases N] [--url …]`; part of `make bench` with 30,000.

The cases are rows only: entries with as many tokens as a short complaint has, drawn so that a few words are common.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text

from benchmarks import alone
from benchmarks.case import models
from engine import commands, identity, organisation, queries, search
from engine.applications import Application, Applications, FoundBy, Group
from engine.db import Base, Database
from engine.identity import Actor
from engine.models import DataSubject, InstanceUnit, ProcessDefinition, ProcessInstance, SearchEntry
from engine.organisation import Organisation, Unit
from engine.search import Kind
from engine.site import Site
from engine.vault import Vault

#: Milliseconds that 95 of 100 questions may take.
MOST_MS = 100
BRANCHES, NAMES, TOKENS, VOCABULARY = 100, 20_000, 120, 40_000
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
CLERKS, SUBJECT = Group("clerks", "经办", "Clerks"), "one"
#: word → in how many of 1,000 cases it stands
WORDS = {"退款": 300, "信用卡": 200, "年费": 100, "误导": 10, "fraudulent": 10, "annual": 150, "盗刷": 1}
TREE = Organisation(
    [Unit("HQ", "", "head", "总", "HQ"), *(Unit(f"B{n}", "HQ", "branch", f"分{n}", f"B{n}") for n in range(BRANCHES))]
)

QUESTIONS = {
    "a whole number": "TS-00012345",
    "the beginning of a number": "TS-00012",
    "a name": "客户甲12",
    "a phone number": "138 0001 2345",
    "a word in 30 % of the cases": "退款",
    "a word in 1 %": "误导",
    "a word in 0.1 %": "盗刷",
    "three signs in 20 %": "信用卡",
    "two common words": "退款 年费",
    "a common and a rare word": "退款 盗刷",
    "an English word in 1 %": "fraudulent",
    "two English words": "annual fraudulent",
    "what nobody wrote": "鸡毛 蒜皮",
}


def measure(rounds: int, cases: int = 30_000, url: str = "") -> dict[str, Any]:
    """Milliseconds of each question, for somebody who sees all cases and somebody of one branch; prints them."""
    with tempfile.TemporaryDirectory() as folder:
        site, people = _site(Path(folder), url)
        began = time.perf_counter()
        _fill(site, cases)
        filled = time.perf_counter() - began
        found = {
            who: {name: _times(site, actor, question, min(rounds, 50)) for name, question in QUESTIONS.items()}
            for who, actor in people.items()
        }
        size = site.database.size()
        site.database.dispose()
    _print(found, cases, size, filled)
    return {"cases": cases, "bytes": size, "ms": found}


def _site(folder: Path, url: str) -> tuple[Site, dict[str, Actor]]:
    database = Database(url or f"sqlite:///{folder / 'redress.db'}")
    Base.metadata.create_all(database.write)
    application = Application(
        "benchmark",
        "测",
        "Benchmark",
        folder,
        groups=[*(Group(key, key, key) for key in ("intake", "handlers", "supervisors")), CLERKS],
        topics={"mail": lambda _site, _work: {}},
        organisation=lambda: TREE,
        units_of=lambda _record: [],
    )
    site = Site(database, Applications([application]), Vault(bytes(32)), folder / "files")
    people = {"everywhere": (CLERKS.key, ""), "in one of 100 branches": (CLERKS.key, "B7")}
    with database.transaction() as session:
        identity.add_missing_groups(session, [*identity.OWN_GROUPS, *application.groups])
        organisation.materialise(session, TREE)
        owner_id = identity.add_person(session, "owner", "Owner", BEGIN)
        identity.add_to_group(session, owner_id, identity.PROCESS_OWNER)
        owner = identity.actor(session, owner_id)
        actors = {}
        for number, (name, grant) in enumerate(people.items()):
            person_id = identity.add_person(session, f"p{number}", name, BEGIN)
            identity.add_to_group(session, person_id, *grant)
            actors[name] = identity.actor(session, person_id)
    commands.deploy(site, application.key, models(), actor=owner, now=BEGIN)
    return site, actors


def _fill(site: Site, cases: int) -> None:
    with site.database.transaction() as session:
        definition = session.query(ProcessDefinition).one()
        session.add(DataSubject(id=SUBJECT, wrapped_key=None, created_at=BEGIN))
        case = {"definition_id": definition.id, "application": definition.application, "key": definition.key}
    entries = _entries(site.vault, cases)
    while rows := list(islice(entries, 5_000)):
        with site.database.transaction() as session:
            _write(session.connection(), case, rows)
    with site.database.write.begin() as connection:
        connection.execute(text("ANALYZE"))


def _write(connection: Connection, case: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    numbers = [int(row["instance_id"].rpartition("-")[2]) for row in rows]
    instances = [
        case
        | {
            "id": row["instance_id"],
            "business_key": f"TS-{number:08}",
            "subject_id": SUBJECT,
            "status": "active",
            "revision": 1,
            "sealed_state": bytes(2_000),
            "started_at": BEGIN + timedelta(minutes=number),
            "reworded": 0,
        }
        for row, number in zip(rows, numbers, strict=True)
    ]
    connection.execute(insert(ProcessInstance), instances)
    branches = [f"B{number % BRANCHES}" for number in numbers]
    units = [{"instance_id": row["instance_id"], "unit_key": key} for row, key in zip(rows, branches, strict=True)]
    connection.execute(insert(InstanceUnit), units)
    connection.execute(insert(SearchEntry), rows)


def _entries(vault: Vault, cases: int) -> Iterator[dict[str, Any]]:
    """One entry for each case: name, phone, the common words by their shares, and words of the vocabulary."""
    chance = random.Random(1)
    vocabulary = [vault.token(Kind.TEXT, f"word {number}") for number in range(VOCABULARY)]
    shares = list(accumulate(1 / (rank + 20) for rank in range(VOCABULARY)))
    names = [vault.token(Kind.NAME, f"客户甲{number}") for number in range(NAMES)]
    wanted = {word: search.asked(vault, word).words[0][Kind.TEXT] for word in WORDS}
    for number in range(cases):
        tokens = set(chance.choices(vocabulary, cum_weights=shares, k=TOKENS))
        tokens |= {names[chance.randrange(NAMES)], search.unit_token(vault, f"B{number % BRANCHES}")}
        tokens |= search.tokens(vault, FoundBy(phones=[f"138{number:08}"]), f"TS-{number:08}")
        for word, share in WORDS.items():
            if chance.random() * 1_000 < share:
                tokens |= wanted[word]
        yield {
            "instance_id": f"{chance.getrandbits(64):016x}-{number}",
            "subject_id": SUBJECT,
            "tokens": " ".join(sorted(tokens)),
        }


def _times(site: Site, actor: Actor, question: str, rounds: int) -> list[float]:
    """Milliseconds of the first time, half of the times, and 95 of 100."""
    times = []
    for _ in range(max(rounds, 20)):
        began = time.perf_counter_ns()
        with site.database.reading() as session:
            asked = search.asked(site.vault, question)
            queries.case_numbered(session, site, actor, asked.number)
            queries.found_cases(session, site, asked, actor, "en")
        times.append((time.perf_counter_ns() - began) / 1e6)
    most = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return [round(each, 1) for each in (times[0], statistics.median(times), most)]


def _print(found: dict[str, dict[str, list[float]]], cases: int, size: int, filled: float) -> None:
    print(f"Search among {cases} cases ({size / 1e6:.0f} MB, filled in {filled:.0f} s), wall ms: first, median, 95 %")
    for who, times in found.items():
        for name, (first, median, most) in times.items():
            verdict = "" if most <= MOST_MS else f"  slower than the {MOST_MS} ms wanted"
            print(f"  {who:24}{name:32}{first:8.1f}{median:8.1f}{most:8.1f}{verdict}")


if __name__ == "__main__":
    alone.run("search", measure)
