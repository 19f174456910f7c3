"""Proving the history: every line against the one before, every stream against its head and against the seals."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import ChainBroken
from engine.history.chain import chained
from engine.history.seals import Head, heads, read_seals
from engine.models import HistoryEvent
from engine.vault import Vault

BATCH = 1000


@dataclass(frozen=True)
class Broken:
    """The first place that is not as it was written; `sequence` is 0 where no line is meant."""

    stream: str
    sequence: int
    why: str


@dataclass(frozen=True)
class Report:
    """How much was proven, and what is broken, if anything."""

    streams: int
    events: int
    broken: Broken | None


@dataclass
class _Walk:
    """What is known while the lines pass by."""

    key: bytes
    #: stream → length → hash of the line at that length, from the seals
    sealed: Mapping[str, Mapping[int, bytes]]
    events: int = 0
    ends: dict[str, Head] = field(default_factory=dict)

    def step(self, event: HistoryEvent) -> Broken | None:
        """Look at the next line in the order of stream and sequence."""
        last = self.ends.get(event.stream, Head(0, b""))
        if event.sequence != last.count + 1:
            return Broken(event.stream, last.count + 1, "this line is missing")
        if event.hash != chained(self.key, last.hash, event):
            return Broken(event.stream, event.sequence, "this line, or its link to the line before, was altered")
        if self.sealed.get(event.stream, {}).get(event.sequence, event.hash) != event.hash:
            return Broken(event.stream, event.sequence, "this line is not the one that was sealed")
        self.ends[event.stream] = Head(event.sequence, event.hash)
        self.events += 1
        return None


def verify(session: Session, vault: Vault, seals: Path | None) -> Report:
    """Prove all streams; `seals` is the folder of the daily seals. Stops at the first place that is broken."""
    walk = _Walk(vault.chain_key, {})
    try:
        walk.sealed = _sealed(vault, seals) if seals else {}
    except ChainBroken as error:
        return Report(0, 0, Broken("seals", 0, error.message))
    broken = _first_broken(session, walk)
    return Report(len(walk.ends), walk.events, broken)


def _first_broken(session: Session, walk: _Walk) -> Broken | None:
    before = heads(session)
    in_order = select(HistoryEvent).order_by(HistoryEvent.stream, HistoryEvent.sequence)
    for event in session.scalars(in_order.execution_options(yield_per=BATCH)):
        session.expunge(event)  # a history outgrows any memory
        if broken := walk.step(event):
            return broken
    return next(_broken_ends(session, walk, before), None)


def _broken_ends(session: Session, walk: _Walk, before: Mapping[str, Head]) -> Iterator[Broken]:
    """Streams that end too early or, by their heads, too late."""
    for stream, head in before.items():
        end = walk.ends.get(stream, Head(0, b""))
        if end.count < head.count:
            yield Broken(stream, end.count + 1, f"the end is cut: the stream had {head.count} lines")
        elif end.count == head.count and end.hash != head.hash:
            yield Broken(stream, end.count, "the head of the stream was altered")
    for stream, lengths in walk.sealed.items():
        end = walk.ends.get(stream, Head(0, b""))
        if end.count < max(lengths):
            yield Broken(stream, end.count + 1, f"the end is cut: {max(lengths)} lines were sealed")
    # Lines may have been written since the heads were read (PostgreSQL); only heads read now can tell.
    after = heads(session) if walk.ends != before else before
    for stream, end in walk.ends.items():
        if after.get(stream, Head(0, b"")).count < end.count:
            yield Broken(stream, end.count, "the head of the stream does not know this line")


def _sealed(vault: Vault, folder: Path) -> dict[str, dict[int, bytes]]:
    found: defaultdict[str, dict[int, bytes]] = defaultdict(dict)
    for each in read_seals(vault, folder):
        for stream, head in each.streams.items():
            found[stream][head.count] = head.hash
    return dict(found)
