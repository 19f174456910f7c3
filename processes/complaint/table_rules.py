"""What a decision table of ours must keep, however a process owner changes it.

Complaints are taken up by default and never fall through a table: the last row, without conditions, stays. And nobody
is turned away for a reason that no regime knows (order No. 3 Art. 18).
"""

from collections.abc import Iterator, Mapping, Sequence

from engine import dmn
from engine.dmn import Decision, Rule
from engine.errors import InvalidModel
from engine.problems import Problem, describe
from processes.complaint.declining import lawful_anywhere

NO_DEFAULT_ROW = describe(
    "dmn.no_default_row",
    "The table “{table}” has no last row without conditions{needed}; a case that no other row fits would stop there.",
    "Put the default row back as the last one; add rows of your own above it.",
    "决策表“{table}”缺少无条件的最后一行{needed}，不符合其他各行的投诉将停在这里。",
    "请把默认行恢复为最后一行，自己的行加在它上面。",
)
UNLAWFUL_DECLINE = describe(
    "dmn.unlawful_decline",
    "The row declines for “{reason}”, which is no lawful reason in any regime (data/decline_reasons.csv).",
    "Use a reason of that table, or let the row accept; the default takes complaints up.",
    "该行以“{reason}”不予办理，任何制度都没有这一理由(data/decline_reasons.csv)。",
    "请改用该表中的理由，或改为受理；默认应当受理。",
)

#: Tables that must end in a row without conditions → what that row must give (empty: anything).
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "admissibility": {"outcome": "accept"},
    "level": {},
    "priority": {},
    "fast_lane": {"fast_lane": "false"},
    "routing": {},
    "follow_up": {},
    "qa_sampling": {},
}


def keep_tables_sound(files: Mapping[str, bytes]) -> list[Problem]:
    """The problems of the decision tables in `files` (name → content) that only this application can know."""
    return [
        problem
        for name, content in sorted(files.items())
        if name.endswith(".dmn")
        for decision in _decisions(content)
        for problem in _problems(name, decision)
    ]


def _decisions(content: bytes) -> Sequence[Decision]:
    try:
        decisions = dmn.load(content)
    except InvalidModel:  # what cannot be read is told by the check of the file itself
        return ()
    return [decisions.get(each) for each in decisions.ids]


def _problems(file: str, decision: Decision) -> Iterator[Problem]:
    if decision.id in DEFAULTS:
        needed = DEFAULTS[decision.id]
        if not decision.rules or not _is_default(decision, decision.rules[-1], needed):
            told = "".join(f" ({name} = {value})" for name, value in needed.items())
            yield Problem(NO_DEFAULT_ROW, file, decision.id, params={"table": decision.name, "needed": told})
    if decision.id == "admissibility":
        for rule in decision.rules:
            reason = _result(decision, rule, "reason_code")
            if _result(decision, rule, "outcome") == "decline" and not lawful_anywhere(reason):
                yield Problem(UNLAWFUL_DECLINE, file, rule.id, params={"reason": reason})


def _is_default(decision: Decision, rule: Rule, needed: Mapping[str, str]) -> bool:
    unconditional = all(test.text.strip() in {"", "-"} for test in rule.tests)
    return unconditional and all(_result(decision, rule, name) == value for name, value in needed.items())


def _result(decision: Decision, rule: Rule, output: str) -> str:
    """The text that the row gives for `output`, without quotes; empty if there is no such output."""
    if output not in decision.outputs:
        return ""
    expression = rule.results[decision.outputs.index(output)]
    return expression.text.strip().strip('"') if expression else ""
