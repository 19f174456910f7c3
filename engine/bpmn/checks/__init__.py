"""The check before a deployment: everything in a file set that would not run as it is drawn.

Each group of rules is a function from a diagram to its findings; to add a rule is to add a function to the list of its
module.
"""

from collections.abc import Mapping
from dataclasses import replace

from engine.bpmn.checks import (
    adapted,
    events,
    expressions,
    flows,
    loops,
    names,
    standard,
    structure,
    tasks,
    timers,
    unsupported,
    variables,
)
from engine.bpmn.checks.diagram import Diagram, Finding, Rule, limited
from engine.bpmn.checks.files import Reading
from engine.bpmn.checks.known import Known
from engine.bpmn.checks.texts import files as texts
from engine.bpmn.kinds import kind_of
from engine.dmn import Imports
from engine.problems import CATALOGUE, Problem, Severity

__all__ = ["CODES", "RULES", "WRITTEN", "Known", "check"]

#: Rules on a file as it is written; the others see it adapted.
WRITTEN: list[Rule] = [*standard.RULES]
RULES: list[Rule] = [
    *adapted.RULES,
    *structure.RULES,
    *unsupported.RULES,
    *flows.RULES,
    *events.RULES,
    *timers.RULES,
    *tasks.RULES,
    *loops.RULES,
    *expressions.RULES,
    *variables.RULES,
    *names.RULES,
]

#: Every code that a check can find, those of forms and decisions included.
CODES: tuple[str, ...] = tuple(sorted(CATALOGUE))


#: Problems that keep a file from being read, also where they stand in a mere picture.
_ALWAYS = frozenset({texts.TOO_DEEP, texts.DUPLICATE_PROCESS})


def check(files: Mapping[str, bytes], known: Known, *, rehearsed: str = "") -> list[Problem]:
    """All problems of a file set (name → content), by file and then by their place in it; never raises.

    Errors in processes that are not executable are warnings, except in the process `rehearsed`, which is to be tried
    out, and in files from outside in which nothing is executable.
    """
    tables = Imports(content for name, content in files.items() if kind_of(name, content) == "dmn")
    reading = Reading(known, rehearsed, tables)
    for name, content in sorted(files.items()):
        reading.read(name, content)
    diagrams = reading.files.diagrams
    unread = sum(kind_of(name, content) == "bpmn" for name, content in files.items()) - len(diagrams)
    if not reading.files.processes and not unread:
        severity = known.missing if any(diagram.tops for diagram in diagrams) else Severity.ERROR
        reading.problems.append(Problem(texts.NO_EXECUTABLE, severity=severity))
    problems = reading.problems + [problem for diagram in diagrams for problem in _problems(diagram)]
    problems += [problem for rule in known.rules for problem in rule(files)]
    # Sorting is stable: within a file, the order of the document stays.
    return sorted(problems, key=lambda problem: problem.file)


def _problems(diagram: Diagram) -> list[Problem]:
    as_written = [finding for rule in WRITTEN for finding in rule(diagram.as_written)]
    findings = [_weighed(diagram.as_written, finding) for finding in as_written]
    findings += [_weighed(diagram, finding) for rule in RULES for finding in limited(rule(diagram), diagram)]
    return [finding.problem for finding in sorted(findings, key=lambda each: each.position)]


def _weighed(diagram: Diagram, finding: Finding) -> Finding:
    """The finding; in a process that is only a picture, an error is a warning."""
    position, problem = finding
    if problem.severity is not Severity.ERROR or problem.code in _ALWAYS:
        return finding
    if any(position in picture for picture in diagram.pictures):
        return Finding(position, replace(problem, severity=Severity.WARNING))
    return finding
