"""Reading complaints as the US Consumer Financial Protection Bureau publishes them: 18 columns, one complaint a row.

Each row becomes the values of a start form; `data/cfpb_codes.csv` maps its words to our codes. A case is started once,
however often its row is read.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, cast

from engine import clock, commands
from engine.errors import InvalidInput
from engine.identity import Actor
from engine.models import Command
from engine.site import Site
from processes.complaint.deadlines import DATA
from processes.complaint.sheets import read
from processes.complaint.tables import PROCESS

COLUMNS = (
    "Date received",
    "Product",
    "Sub-product",
    "Issue",
    "Sub-issue",
    "Consumer complaint narrative",
    "Company public response",
    "Company",
    "State",
    "ZIP code",
    "Tags",
    "Consumer consent provided?",
    "Submitted via",
    "Date sent to company",
    "Company response to consumer",
    "Timely response?",
    "Consumer disputed?",
    "Complaint ID",
)

#: What stands for a narrative that the consumer did not let publish.
NOT_PUBLISHED = "(narrative not published)"

#: The codes of what the mapping does not know.
OTHER = {"Product": "B.OTH", "Issue": "C.OTH", "Submitted via": "CH.OTH"}

#: Regime → the clocks that start with a complaint.
REGIMES: Mapping[str, Sequence[str]] = {
    "GENERIC": ("INT-DEFAULT-ACK", "INT-DEFAULT-DEC"),
    "US-CFPB": ("INT-DEFAULT-ACK", "US-CFPB-RESP"),
    "CN-NFRA-2020-3": ("INT-DEFAULT-ACK", "CN-NFRA-DEC-1"),
    "UK-DISP": ("INT-DEFAULT-ACK", "UK-DISP-FINAL"),
    "AU-RG271": ("AU-RG271-ACK", "AU-RG271-IDR"),
}

#: The published file states days; noon stands for the moment.
NOON = time(12)

#: Regime → where the institution of its cases is at home: the decision on clocks then gives the same ones.
HOMES: Mapping[str, str] = {"US-CFPB": "US", "CN-NFRA-2020-3": "CN", "UK-DISP": "GB", "AU-RG271": "AU"}

LONGEST_NARRATIVE = 20_000


@dataclass(frozen=True)
class Row:
    """One complaint that can be started."""

    line: int
    complaint_id: str
    #: path → value, as a start form gives them
    values: Mapping[str, Any]
    #: words that the mapping does not know, as `Issue: …`
    unknown: tuple[str, ...]
    #: what the company answered, in the file's words, whether in time, and what that means as a `finding`
    response: str
    timely: bool
    finding: str | None

    @property
    def received_at(self) -> datetime:
        """When the complaint came in."""
        return cast(datetime, self.values["complaint.received_at"])

    @property
    def key(self) -> str:
        """Idempotency key: the same complaint is started once, however often the file is read."""
        return f"cfpb:{self.complaint_id}"


@dataclass(frozen=True)
class BadRow:
    """One row that cannot be started, and why."""

    line: int
    reason: str


def start(site: Site, row: Row, *, actor: Actor, virtual: bool) -> bool:
    """Start the case of `row`, in `virtual` time when it was received, else now; False when that was done before.

    Raises NotFound while no process is deployed, InvalidInput for a value that the register does not take.
    """
    with site.database.reading() as session:
        if session.get(Command, row.key) is not None:
            return False
    with clock.at(row.received_at if virtual else clock.now()):
        submitted = commands.Submitted(values=row.values)
        commands.start_instance(site, PROCESS, submitted, actor=actor, now=clock.now(), key=row.key)
    return True


def rows(path: Path, regime: str = "GENERIC") -> Iterator[Row | BadRow]:
    """Every row of the file `path` in order, with the clocks of `regime`; raises InvalidInput for another file."""
    clocks = REGIMES.get(regime)
    if clocks is None:
        raise InvalidInput(why=f"there is no regime “{regime}” for an import; there are {', '.join(REGIMES)}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            head = next(reader, [])
            missing = [column for column in COLUMNS if column not in head]
            if missing:
                raise InvalidInput(why=f"{path.name} lacks the columns {', '.join(missing)}")
            seen: set[str] = set()
            for cells in reader:
                found = _row(reader.line_num, head, cells, seen)
                if isinstance(found, Row):
                    seen.add(found.complaint_id)
                    found = replace(found, values={**found.values, **_regime_values(regime, clocks)})
                yield found
        except (UnicodeDecodeError, csv.Error) as error:
            raise InvalidInput(why=f"{path.name} cannot be read as UTF-8 CSV ({type(error).__name__})") from error


def _row(line: int, head: list[str], texts: list[str], seen: set[str]) -> Row | BadRow:
    if len(texts) != len(head):
        return BadRow(line, f"{len(texts)} columns instead of {len(head)}")
    cells = {name: text.strip() for name, text in zip(head, texts, strict=True)}
    complaint_id = cells["Complaint ID"]
    if not complaint_id.isdigit():
        return BadRow(line, "the complaint has no number")
    if complaint_id in seen:
        return BadRow(line, f"complaint {complaint_id} stands in the file twice")
    try:
        received, sent = (_noon(cells[name]) for name in ("Date received", "Date sent to company"))
    except ValueError:
        return BadRow(line, "a date is not written as 2026-03-10")
    if len(cells["Consumer complaint narrative"]) > LONGEST_NARRATIVE:
        return BadRow(line, f"the narrative is longer than {LONGEST_NARRATIVE} characters")
    unknown: list[str] = []
    return Row(
        line=line,
        complaint_id=complaint_id,
        values=_values(cells, received, sent, unknown),
        finding=_finding(cells, unknown),
        unknown=tuple(unknown),
        response=cells["Company response to consumer"],
        timely=cells["Timely response?"] == "Yes",
    )


def _values(cells: Mapping[str, str], received: datetime, sent: datetime, unknown: list[str]) -> dict[str, Any]:
    tags = [tag.strip() for tag in cells["Tags"].split(",") if tag.strip()]
    needs = [code for tag in tags if (code := _code("Tags", tag, unknown))]
    return {
        "complaint.channel": _code("Submitted via", cells["Submitted via"], unknown),
        "complaint.received_at": received,
        "complaint.language": "en",
        "complaint.currency": "USD",
        "complaint.narrative": cells["Consumer complaint narrative"] or NOT_PUBLISHED,
        "complaint.product": (cells["Sub-product"] or cells["Product"])[:100],
        "complaint.cat_b": _code("Product", cells["Product"], unknown),
        "complaint.cat_c": _code("Issue", cells["Issue"], unknown),
        "complaint.accused_unit": cells["Company"][:100],
        "complaint.special_needs": needs,
        "complaint.flags": ["special_group"] if needs else [],
        "complaint.tags": ["cfpb", *([cells["Sub-issue"]] if cells["Sub-issue"] else [])],
        "complaint.person.postal_address": ", ".join(filter(None, (cells["State"], cells["ZIP code"]))),
        "complaint.publish_consent": cells["Consumer consent provided?"] == "Consent provided",
        "complaint.regulator.number": cells["Complaint ID"],
        "complaint.regulator.handover_at": sent,
        "complaint.imported": True,
    }


def _regime_values(regime: str, clocks: Sequence[str]) -> dict[str, Any]:
    """The clocks; and under the Bureau's own rules the Bureau, which then also gets the answer."""
    forwarded = {"complaint.regulator.authority": "CFPB"} if regime == "US-CFPB" else {}
    home = {"complaint.tenant.jurisdiction": HOMES.get(regime, "none")}
    return {"complaint.clock.start": list(clocks), **home, **forwarded}


def _finding(cells: Mapping[str, str], unknown: list[str]) -> str | None:
    response = cells["Company response to consumer"]
    if response in {"", "In progress", "Untimely response"}:
        return None
    return _code("Company response to consumer", response, unknown) or None


def _code(column: str, value: str, unknown: list[str]) -> str:
    code = _mapping().get((column, value))
    if code is None:
        unknown.append(f"{column}: {value}")
    return code or OTHER.get(column, "")


def _noon(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), NOON, clock.zone())


@cache
def _mapping() -> Mapping[tuple[str, str], str]:
    return dict(read(DATA / "cfpb_codes.csv", lambda cells: ((cells["column"], cells["value"]), cells["code"])))
