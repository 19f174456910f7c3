"""Process tests: scenarios in YAML (answers, elapsed time, expected path and deadlines), run in virtual time.

    name: …
    start: {at: "2026-03-10T14:00:00+08:00", process: key, event: the message that begins it, values: {path: value}}
    work: {element id: what its topic gives back, or {error: code}, or a list of these, one per visit}
    steps: a list of `task` (with `answers`, `fields`, `after`, `by`, `item`, `refused`), `message` (with
        `payload`), `wait`, `set`
    expect: {ended, path, not, deadlines, moments, decisions, open}

`answers` are typed and taken as they are; `fields` are typed in (name → text or texts) and checked by the task's form.
A step with `refused` must be refused.

A folder may hold `acceptance.csv` (number, name, elsewhere): the scenarios that must be there. A scenario belongs to
the number with which its name begins; what cannot be shown in virtual time names the test that shows it in `elsewhere`.
A scenario with `decide` tries decision tables by themselves, for those that no diagram asks:

    decide: a list of {decision, given: {path: value}, rules: [ids that match], result}

`by`: a person `<group>_<number>`, who holds the group everywhere, or `<group>_<number>@<unit>`, there and below; the
task must be offered to this person, and separation of duty is checked as in the office.
"""

from engine.scenarios.covered import Coverage, coverage
from engine.scenarios.files import Numbered, Result, Scenario, acceptance, load
from engine.scenarios.running import run

__all__ = ["Coverage", "Numbered", "Result", "Scenario", "acceptance", "coverage", "load", "run"]
