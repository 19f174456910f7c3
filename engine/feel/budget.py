"""Bounds for expressions written by strangers: how long, how deep, how much work.

Work is counted in steps. A loop pays the size of its body on every pass, a built-in function the length of what
it reads and writes, so that both time and memory are bounded by `STEPS`, and plain expressions pay nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from engine.errors import FeelBudgetExceeded

#: Longest expression, in characters.
MAX_TEXT = 10_000
#: Brackets, conditions and loops inside one another while reading.
MAX_NESTING = 64
#: Levels of the syntax tree, and of lists and contexts inside one another.
MAX_DEPTH = 128
#: Work of one evaluation.
STEPS = 100_000
#: Longest text an expression may produce, in characters.
MAX_STRING = 100_000
#: Characters of text that cost one step.
_CHARACTERS_PER_STEP = 16


class _Budget:
    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = STEPS


_current: ContextVar[_Budget | None] = ContextVar("feel_budget", default=None)


@contextmanager
def budget() -> Iterator[None]:
    """Give what runs inside the block `STEPS` steps; a block inside another shares the outer one's."""
    if _current.get() is not None:
        yield
        return
    token = _current.set(_Budget())
    try:
        yield
    finally:
        _current.reset(token)


def spend(steps: int) -> None:
    """Pay for `steps` steps of work; raises FeelBudgetExceeded when the evaluation has used them up."""
    current = _current.get()
    if current is None:
        return
    current.left -= steps
    if current.left < 0:
        raise FeelBudgetExceeded()


def spend_text(length: int) -> None:
    """Pay for a text of `length` characters; raises FeelBudgetExceeded when it is too long."""
    if length > MAX_STRING:
        raise FeelBudgetExceeded()
    spend(length // _CHARACTERS_PER_STEP)


def descend(depth: int) -> int:
    """The level below `depth`; raises FeelBudgetExceeded where lists and contexts are nested too deeply."""
    if depth >= MAX_DEPTH:
        raise FeelBudgetExceeded()
    return depth + 1
