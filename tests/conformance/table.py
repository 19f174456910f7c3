"""The support table in docs/conformance.md, made of the expectations."""

from collections.abc import Iterator, Sequence
from itertools import chain

from tests.conformance.expectations import Case

#: Chapter of the corpus → its heading, in the order of the page.
CHAPTERS = {
    "activities": "Activities and sequence flows",
    "loops": "Loops and multi-instance",
    "subprocesses": "Sub-processes",
    "called": "Call activities and global tasks",
    "events_start": "Start events",
    "events_intermediate": "Intermediate events",
    "events_boundary": "Boundary events",
    "events_end": "End events",
    "event_subprocesses": "Event sub-processes",
    "gateways": "Gateways",
    "compensation": "Compensation and transactions",
    "data": "Data",
    "collaboration": "Processes, collaborations and the rest of the file",
}
_HEAD = """# What runs of BPMN 2.0.2

Every row is proven by small models under `tests/conformance`, written by us from the standard (formal/2013-12-09). A
model that runs is checked, read and run in virtual time, once in memory and once with its state written and read before
every step; its path and its outcome are compared with what the standard says. A broken model is wrong in exactly one
place and must be refused for that place.

- **supported**: it runs as the standard says.
- **partly**: it runs within the limit that is told.
- **refused**: a deployment is refused with the problem code; see [problems.md](problems.md).

The last column names the codes with which broken models of the row are refused.

This page is written by `python -m tests.conformance > docs/conformance.md`.
"""


def table(cases: Sequence[Case]) -> str:
    """The whole page."""
    return "".join([_HEAD, *_summary(cases), *_chapters(cases), *_limits(cases)])


def rows(cases: Sequence[Case], chapter: str = "") -> dict[tuple[str, str], list[Case]]:
    """(chapter, element) → its cases, in the order of the corpus; broken neighbours stand with what they break."""
    by_name = {case.name: case for case in cases}
    found: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        own = by_name[f"{case.chapter}/{case.breaks}"] if case.breaks else case
        if chapter in {"", case.chapter}:
            found.setdefault((own.chapter, own.element), []).append(case)
    return found


def _summary(cases: Sequence[Case]) -> Iterator[str]:
    firsts = [_first(row) for row in rows(cases).values()]
    counts = {each: sum(case.support == each for case in firsts) for each in ("supported", "partly", "refused")}
    told = ", ".join(f"{count} {support}" for support, count in counts.items())
    run = sum(case.run is not None for case in cases)
    yield f"\n{len(firsts)} rows: {told}. {run} models run, {len(cases) - run} are refused.\n"


def _chapters(cases: Sequence[Case]) -> Iterator[str]:
    for chapter, heading in CHAPTERS.items():
        yield f"\n## {heading}\n\n"
        yield "| element | BPMN 2.0.2 | support | models | broken models refused with |\n|---|---|---|---|---|\n"
        for (_, element), row in rows(cases, chapter).items():
            first = _first(row)
            own = [case for case in row if not case.breaks]
            broken = [case for case in row if case.breaks]
            models = ", ".join(f"[{_file(case)}](../tests/conformance/{case.name}.bpmn)" for case in own)
            yield f"| {element} | {first.section} | {_support(first)} | {models} | {_codes(broken)} |\n"


def _limits(cases: Sequence[Case]) -> Iterator[str]:
    """What is run in part, in both languages."""
    yield "\n## Limits / 限制\n"
    for (_, element), row in chain.from_iterable(rows(cases, chapter).items() for chapter in CHAPTERS):
        limit = _first(row).limit
        if limit:
            yield f"\n- {element}: {limit['en']}\n  {limit['zh']}\n"


def _first(row: Sequence[Case]) -> Case:
    return next(case for case in row if not case.breaks)


def _support(case: Case) -> str:
    if case.support == "refused":
        return f"refused: {_codes([case])}"
    return f"partly: {case.limit['en']}" if case.limit else "supported"


def _codes(cases: Sequence[Case]) -> str:
    """What the cases are refused with, each code once."""
    return ", ".join(f"`{code}`" for code in dict.fromkeys(code for case in cases for code in case.refused))


def _file(case: Case) -> str:
    return case.name.partition("/")[2]
