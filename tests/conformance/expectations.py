"""What is expected of the models of the corpus, read from the YAML file beside each.

A model that runs tells `element` (its row in docs/conformance.md), `section`, `support` (`supported`, or `partly` with
`limit` in both languages) and `run`. A row of what is not run tells `support: refused` and `refused`. A broken
neighbour tells which case it `breaks`, `how`, and `refused`: problem codes with the ids of the elements they name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
SUPPORT = ("supported", "partly", "refused")

#: Entry → types of its value; those in brackets may be left out.
_ENTRIES = {
    "runs": {"element": str, "section": str, "support": str, "[limit]": dict, "run": dict, "[with]": list},
    "refused": {"element": str, "section": str, "support": str, "refused": dict, "[with]": list},
    "breaks": {"breaks": str, "how": str, "refused": dict, "[with]": list},
}
_RUN = {
    "[process]": str,
    #: the start event whose event happened; where nothing is said, the process begins by itself
    "[begins]": str,
    "[start]": dict,
    #: what topics give back or how they fail: see `DryRun`
    "[work]": dict,
    "[steps]": list,
    "path": list,
    #: the end event that ended the instance, `ended` (at none), `waiting` or `failed`
    "outcome": str,
    "[variables]": dict,
    "[elapsed]": str,
    "[waits_for]": list,
}
#: Step → types of its value, and its further entries.
_STEPS: Mapping[str, tuple[type, frozenset[str]]] = {
    "answer": (str, frozenset({"values", "item"})),
    "message": (str, frozenset({"values"})),
    "signal": (str, frozenset()),
    "wait": (str, frozenset()),
    "set": (dict, frozenset()),
    "waits_for": (list, frozenset()),
    "rest": (dict, frozenset()),
}


class WrongExpectation(Exception):
    """An expectation is not written as it should be: names the file and the entry."""


@dataclass(frozen=True)
class Step:
    """One thing that happens to a running case: its kind, what it is about, and further entries."""

    kind: str
    about: Any
    values: Mapping[str, Any] = field(default_factory=dict)
    item: str = ""


@dataclass(frozen=True)
class Run:
    """A run and what comes of it; a list inside `path` stands for elements whose order is free."""

    path: list[Any]
    outcome: str
    steps: tuple[Step, ...] = ()
    process: str = ""
    begins: str = ""
    start: Mapping[str, Any] = field(default_factory=dict)
    work: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    elapsed: str = ""
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One model and what is expected of it; `name` is chapter/file."""

    name: str
    element: str = ""
    section: str = ""
    support: str = ""
    limit: Mapping[str, str] = field(default_factory=dict)
    run: Run | None = None
    #: code → ids of the elements it names, of all errors that the check finds
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    breaks: str = ""
    how: str = ""
    #: further files of the set, by their paths from the chapter
    beside: tuple[str, ...] = ()

    @property
    def chapter(self) -> str:
        return self.name.partition("/")[0]

    @property
    def files(self) -> dict[str, bytes]:
        """The file set: name → content."""
        own = (FOLDER / f"{self.name}.bpmn").read_bytes()
        others = {Path(path).name: (FOLDER / self.chapter / path).read_bytes() for path in self.beside}
        return {f"{Path(self.name).name}.bpmn": own, **others}


def cases() -> list[Case]:
    """Every case of the corpus, by chapter and name. Raises WrongExpectation."""
    found = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.bpmn")}
    told = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.yaml")}
    for name in sorted(found ^ told):
        raise WrongExpectation(f"{name}: the model or its expectation is missing; each .bpmn has a .yaml beside it")
    read = [case(name, (FOLDER / f"{name}.yaml").read_text("utf-8")) for name in sorted(found)]
    accepted = {each.name for each in read if each.run}
    for each in read:
        if each.breaks and f"{each.chapter}/{each.breaks}" not in accepted:
            raise WrongExpectation(f"{each.name}: “breaks” names {each.breaks}, which is no model that runs")
    return read


def case(name: str, text: str) -> Case:
    """The case that the YAML `text` of `name` describes. Raises WrongExpectation."""
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WrongExpectation(f"{name}: no readable YAML: {error}") from error
    if not isinstance(said, dict):
        raise WrongExpectation(f"{name}: not a mapping of entries")
    kind = "breaks" if "breaks" in said else "runs" if "run" in said else "refused"
    _expect(name, said, _ENTRIES[kind])
    support, limit = said.get("support", ""), said.get("limit", {})
    if kind != "breaks" and support not in (SUPPORT[:2] if kind == "runs" else SUPPORT[2:]):
        raise WrongExpectation(f"{name}: “support: {support}” does not fit a model that {kind}")
    if (support == "partly") != bool(limit) or set(limit) - {"zh", "en"} or len(limit) not in {0, 2}:
        raise WrongExpectation(f"{name}: “limit” stands with “support: partly”, as texts “en” and “zh”")
    return Case(
        name=name,
        **{key: said[key] for key in ("element", "section", "breaks", "how") if key in said},
        support=support,
        limit=limit,
        run=_run(name, said["run"]) if kind == "runs" else None,
        refused={code: tuple(ids if isinstance(ids, list) else [ids]) for code, ids in said.get("refused", {}).items()},
        beside=tuple(said.get("with", ())),
    )


def _run(name: str, said: dict[str, Any]) -> Run:
    _expect(f"{name}: run", said, _RUN)
    steps = tuple(_step(name, number, step) for number, step in enumerate(said.get("steps", []), 1))
    waits_for = tuple(sorted(said.get("waits_for", ())))
    if (said["outcome"] == "waiting") != bool(waits_for):
        raise WrongExpectation(f"{name}: run: “waits_for” stands with “outcome: waiting”, and with no other")
    return Run(**{**said, "steps": steps, "waits_for": waits_for})


def _step(name: str, number: int, said: Any) -> Step:
    kinds = [kind for kind in _STEPS if isinstance(said, dict) and kind in said]
    if len(kinds) != 1:
        raise WrongExpectation(f"{name}: step {number} is not one of: {', '.join(_STEPS)}")
    kind, (expected, further) = kinds[0], _STEPS[kinds[0]]
    _expect(f"{name}: step {number}", said, {kind: expected, **{f"[{each}]": object for each in further}})
    return Step(kind, said[kind], said.get("values", {}), str(said.get("item", "")))


def _expect(place: str, said: dict[str, Any], entries: Mapping[str, type]) -> None:
    """Hold a mapping to its entries."""
    types = {entry.strip("[]"): expected for entry, expected in entries.items()}
    for entry in said:
        if entry not in types:
            raise WrongExpectation(f"{place}: unknown entry “{entry}”; known are: {', '.join(types)}")
        if not isinstance(said[entry], types[entry]):
            raise WrongExpectation(f"{place}: “{entry}” is no {types[entry].__name__}")
    for entry in entries:
        if not entry.startswith("[") and entry not in said:
            raise WrongExpectation(f"{place}: “{entry}” is missing")
