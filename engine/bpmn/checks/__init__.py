"""The check before a deployment: everything in a file set that would not run as it is drawn.

Each group of rules is a function from a diagram to its findings; to add a rule is to add a function to the list of its
module.
"""

from collections.abc import Mapping

from engine.bpmn.checks import (
    events,
    expressions,
    flows,
    loops,
    names,
    structure,
    tasks,
    timers,
    unsupported,
    variables,
)
from engine.bpmn.checks.diagram import Diagram, Finding, Rule
from engine.bpmn.checks.files import Reading
from engine.bpmn.checks.known import Known
from engine.bpmn.checks.texts import files as texts
from engine.problems import CATALOGUE, Problem

__all__ = ["CODES", "RULES", "Known", "check"]

RULES: list[Rule] = [
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


def check(files: Mapping[str, bytes], known: Known) -> list[Problem]:
    """All problems of a file set (name → content), by file and then by their place in it; never raises."""
    reading = Reading(known)
    for name, content in sorted(files.items()):
        reading.read(name, content)
    diagrams = reading.files.diagrams
    unread = sum(name.endswith(".bpmn") for name in files) - len(diagrams)
    if not reading.files.processes and not unread:
        reading.problems.append(Problem(texts.NO_EXECUTABLE))
    problems = reading.problems + [problem for diagram in diagrams for problem in _problems(diagram)]
    # Sorting is stable: within a file, the order of the document stays.
    return sorted(problems, key=lambda problem: problem.file)


def _problems(diagram: Diagram) -> list[Problem]:
    findings: list[Finding] = [finding for rule in RULES for finding in rule(diagram)]
    return [finding.problem for finding in sorted(findings, key=lambda each: each.position)]
