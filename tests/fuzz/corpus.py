"""The models that are mutated: everything in the repository, and small ones that are written to break."""

from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.engine.bpmn.drawing import DECISION, FORM
from tests.engine.bpmn.planted import PLANTED

ROOT = Path(__file__).parents[2]
FOLDERS = ("processes", "benchmarks", "tests")
#: Models from outside that may lie beside the repository.
OUTSIDE = (ROOT.parent / "shared" / "data", ROOT.parent / "shared" / "spikes")
#: Bytes of a file that is mutated often; of the larger ones, one case in so many.
SMALL = 20_000
RARELY = 100


class Seed(NamedTuple):
    """A file that is mutated, and the files beside it."""

    name: str
    content: bytes
    beside: dict[str, bytes]

    @property
    def is_sound(self) -> bool:
        """Whether it is meant to be sound, by its name."""
        return "_broken" not in self.name and "_refused" not in self.name

    @property
    def files(self) -> dict[str, bytes]:
        """All of them."""
        return {**self.beside, self.name: self.content}


BESIDE = {"ask.form": FORM, "level.dmn": DECISION}


@cache
def diagrams() -> list[Seed]:
    """All BPMN files."""
    return [
        *(Seed("a.bpmn", model, BESIDE) for *_, model in PLANTED),
        *(Seed(path.name, path.read_bytes(), _beside(path)) for path in _files("bpmn")),
    ]


@cache
def decisions() -> list[Seed]:
    """All DMN files."""
    return [Seed("a.dmn", DECISION, {}), *(Seed(path.name, path.read_bytes(), {}) for path in _files("dmn"))]


@cache
def forms() -> list[Seed]:
    """All forms."""
    return [Seed("a.form", FORM, {}), *(Seed(path.name, path.read_bytes(), {}) for path in _files("form"))]


def chosen(seeds: list[Seed], chance: Random) -> Seed:
    """One of them.

    Large ones come rarely, because each costs as much as a hundred small ones; and those that are broken by themselves,
    because few of their mutants get as far as to run.
    """
    is_small, is_sound = chance.randrange(RARELY) > 0, chance.randrange(4) > 0
    fitting = [seed for seed in seeds if (len(seed.content) < SMALL) is is_small and seed.is_sound is is_sound]
    return chance.choice(fitting or seeds)


def _files(ending: str) -> list[Path]:
    folders = [*(ROOT / name for name in FOLDERS), *OUTSIDE]
    return [path for folder in folders if folder.is_dir() for path in sorted(folder.rglob(f"*.{ending}"))]


def _beside(path: Path) -> dict[str, bytes]:
    """The decisions and forms of a model of the conformance corpus, which share its folder."""
    return {other.name: other.read_bytes() for ending in ("dmn", "form") for other in path.parent.glob(f"*.{ending}")}
