"""The `pattern` of a form field: a JavaScript regular expression, compiled for Python, harmless on any text."""

import re
from dataclasses import dataclass

from engine.errors import InvalidInput

#: Longest text (characters) that a pattern is tried on: with `MOST_OPEN` it bounds the time of a match.
LONGEST = 256
#: How many repetitions without an upper limit a pattern may have; an unanchored search counts as one.
MOST_OPEN = 3
#: A repetition up to this often counts as bounded.
_SMALL = 10

_SIGN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\((?:\?(?:[:=!>]|<[=!]|P?<\w+>|P=\w+|[a-z-]+:?))?|\)|\|"
    r"|[*+?]\??|\{\d*,?\d*\}\??|.",
    re.DOTALL,
)
_COUNT = re.compile(r"\{(\d+)(,?)(\d*)\}")


class PatternRefused(InvalidInput):
    """The pattern cannot be used: {why}"""


class SlowPattern(PatternRefused):
    """The pattern could take very long: {why}"""


@dataclass
class _Group:
    """What is known of a group while it is read on: does its length vary, and how often without limit."""

    varies: bool = False
    repeats_varying: bool = False
    open_ended: float = 0

    def add(self, inner: "_Group", times: float = 1) -> None:
        """Take over what `inner`, a part of this group that stands in it `times`, may do."""
        self.varies |= inner.varies
        self.repeats_varying |= inner.repeats_varying or (inner.varies and times > 1)
        self.open_ended += inner.open_ended * times


def compile_pattern(source: str) -> re.Pattern[str]:
    """The JavaScript regular expression `source` for `search`, with ASCII classes as in JavaScript.

    Raises PatternRefused if Python cannot use it, SlowPattern if it could back-track badly.
    """
    python = "".join(_for_python(match[0]) for match in _SIGN.finditer(source))
    try:
        compiled = re.compile(python, re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternRefused(why=str(error)) from error
    _refuse_slow(python)
    return compiled


def _for_python(sign: str) -> str:
    """`sign` of JavaScript as Python writes it: named groups, and signs in sets that Python may give a meaning."""
    if sign.startswith(("[]", "[^]")):
        raise PatternRefused(why="a set of characters is empty")
    if sign == "[":
        raise PatternRefused(why="a set of characters is not closed")
    if sign.startswith("["):
        return sign[0] + re.sub(r"(\\.)|([\[&~|])|(?<=-)-", lambda inner: inner[1] or f"\\{inner[0]}", sign[1:-1]) + "]"
    return re.sub(r"^\(\?<(?![=!])", "(?P<", sign)


def _refuse_slow(source: str) -> None:
    """Refuse varying parts inside long repetitions, too many open-ended repetitions, and back-references."""
    anchored = source.startswith("^") and "|" not in source
    stack = [_Group(open_ended=0 if anchored else 1)]
    part = _Group()
    for sign in (match[0] for match in _SIGN.finditer(source)):
        times = _repetition(sign)
        if times is None:
            part = _read_on(stack, sign)
            continue
        low, high = times
        if part.varies and (high > _SMALL or (high > 1 and part.repeats_varying)):
            raise SlowPattern(why="a repeated group contains a repetition or a choice")
        stack[-1].add(part, min(high, _SMALL) - 1)
        stack[-1].add(_Group(varies=low != high, open_ended=int(low != high and high > 4 * _SMALL)))
    if stack[0].open_ended > MOST_OPEN:
        raise SlowPattern(why=f"it has more than {MOST_OPEN} open-ended repetitions")


def _read_on(stack: list[_Group], sign: str) -> _Group:
    """Take `sign`, which repeats nothing, into the innermost group; gives what a repetition after it would repeat."""
    if re.fullmatch(r"\\[1-9]", sign) or sign.startswith("(?P="):
        raise SlowPattern(why="it refers back to an earlier group")
    if sign.startswith("("):
        stack.append(_Group())
    elif sign.startswith("|"):
        stack[-1].varies = True
    elif sign.startswith(")"):
        closed = stack.pop()
        stack[-1].add(closed)
        return closed
    return _Group()


def _repetition(sign: str) -> tuple[float, float] | None:
    """Lowest and highest count if `sign` repeats what stands before it."""
    simple = {"*": (0, float("inf")), "+": (1, float("inf")), "?": (0, 1)}
    if sign[:1] in simple and len(sign) <= 2:
        return simple[sign[0]]
    counted = _COUNT.match(sign)
    if counted is None:
        return None
    low = int(counted[1])
    return low, (low if not counted[2] else int(counted[3]) if counted[3] else float("inf"))
