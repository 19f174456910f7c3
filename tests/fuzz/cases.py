"""Case by number: which model is mutated, and how; and the smallest part of a case that still fails."""

import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from lxml import etree

from engine.bpmn.checks import Known
from tests.fuzz import hostile_texts
from tests.fuzz.corpus import Seed, chosen, decisions, diagrams, forms
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.oracle import judge, judge_expression

#: Kind of case → how often it comes.
KINDS = {"bpmn": 12, "dmn": 4, "form": 2, "feel": 2}
#: CPU seconds after which a case counts as hanging.
PATIENCE = 60
#: CPU seconds that making a failing case smaller may take.
PRUNING = 30


@dataclass(frozen=True)
class Case:
    """A file set to be judged, or for the kind `feel` an expression."""

    number: int
    kind: str
    seed: Seed
    known: Known
    #: seeds of the mutations, in order
    mutations: tuple[int, ...] = ()

    @property
    def content(self) -> bytes:
        """The mutated file."""
        content = self.seed.content
        for mutation in self.mutations:
            chance = Random(mutation)
            content = chance.choice(MUTATIONS[self.kind])(content, chance)
        return content

    def judge(self) -> None:
        """Raises what should not be raised."""
        self.judge_content(self.content)

    def judge_content(self, content: bytes) -> None:
        """As `judge`, for another content of the mutated file."""
        with _patiently():
            if self.kind == "feel":
                judge_expression(content.decode())
            else:
                judge({**self.seed.files, self.seed.name: content}, self.known)


def case(number: int) -> Case:
    """The case `number`, always the same."""
    chance = Random(number)
    kind = chance.choice([kind for kind, often in KINDS.items() for _ in range(often)])
    known = chance.choice([Known.anything()] * 4 + [Known()])
    if kind == "feel":
        return Case(number, kind, Seed("expression", _expression(chance).encode(), {}), known)
    seeds = {"bpmn": diagrams, "dmn": decisions, "form": forms}[kind]()
    mutations = tuple(chance.getrandbits(32) for _ in range(chance.choice([1, 1, 1, 1, 2, 2, 3, 6])))
    return Case(number, kind, chosen(seeds, chance), known, mutations)


def _expression(chance: Random) -> str:
    """Two or three texts run together, cut, or with a piece repeated."""
    texts = [chance.choice(hostile_texts.ALL) for _ in range(chance.choice([1, 2, 3]))]
    text = chance.choice(["", " ", " + ", ", ", ".", " and "]).join(texts)
    start = chance.randrange(len(text) + 1)
    piece = text[start : start + chance.randrange(1, 60)]
    return chance.choice([text, text[:start], text[start:], text[:start] + piece * 30 + text[start:]])[:30_000]


@contextmanager
def _patiently() -> Iterator[None]:
    """Stop what hangs: raises TimeoutError inside the block after so much CPU time."""

    def stop(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"still running after {PATIENCE} s of CPU")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


# --- what fails -------------------------------------------------------------------------------------------------------


def fault(act: Callable[[], None]) -> str:
    """The type of what `act` raises and where it was raised; empty when nothing is."""
    try:
        act()
    except Exception as error:  # noqa: BLE001 - whatever it is, it should not have been raised
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(place.filename).name}, {place.name}: {str(error)[:200]}"
    return ""


def smallest(failing: Case) -> bytes:
    """The content of `failing`, without mutations and elements that it fails without in the same way."""
    how = fault(failing.judge)

    def still(content: bytes) -> bool:
        return _same(fault(lambda: failing.judge_content(content)), how)

    for mutation in failing.mutations:
        fewer = replace(failing, mutations=tuple(each for each in failing.mutations if each != mutation))
        failing = fewer if still(fewer.content) else failing
    return _pruned(failing.content, still)


def _same(one: str, other: str) -> bool:
    return one.partition(":")[0] == other.partition(":")[0]


def _pruned(content: bytes, still: Callable[[bytes], bool]) -> bytes:
    """`content`, if it is XML, without the elements it still fails without; the largest are tried first."""
    end = time.process_time() + PRUNING
    place = 0
    while time.process_time() < end:
        try:
            root = etree.fromstring(content)
        except (etree.XMLSyntaxError, ValueError):
            return content
        inner = sorted(list(root.iter(etree.Element))[1:], key=lambda each: -len(list(each.iter())))
        if place >= len(inner):
            return content
        inner[place].getparent().remove(inner[place])
        smaller = etree.tostring(root)
        if still(smaller):
            content = smaller
        else:
            place += 1
    return content
