"""Bounds for expressions written by strangers: how long, how deep, how much work.

Work is counted in steps. A loop pays the size of its body on every pass, a built-in function the length of what
it reads and writes, so that both time and memory are bounded by `STEPS`, and plain expressions pay nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

from engine.errors import FeelBudgetExceeded

#: Longest expression, in characters.
MAX_TEXT = 10_000
#: Brackets, conditions and loops inside one another while reading.
MAX_NESTING = 64
#: Levels of the syntax tree, and of lists and contexts inside one another.
MAX_DEPTH = 128
#: Calls of functions inside one another, as of one that calls itself.
MAX_CALLS = 128
#: Work of one evaluation.
STEPS = 100_000
#: Longest text an expression may produce, in characters.
MAX_STRING = 100_000
#: Characters of text that cost one step.
_CHARACTERS_PER_STEP = 16


class _Budget:
    """What is left of one evaluation, and how many calls stand inside one another."""

    left = STEPS
    calls = 0


_current: ContextVar[_Budget | None] = ContextVar("feel_budget", default=None)

Held = Token[_Budget | None] | None


def hold() -> Held:
    """Begin a budget of `STEPS` steps, unless one is in force already; to be given back by `release`.

    `budget` in two halves, for the one place where a context manager would cost as much as the expression itself.
    """
    return None if _current.get() is not None else _current.set(_Budget())


def release(held: Held) -> None:
    """End what `hold` began."""
    if held is not None:
        _current.reset(held)


@contextmanager
def budget(steps: int = STEPS) -> Iterator[None]:
    """Give what runs inside the block so many steps; a block inside another shares the outer one's."""
    held = hold()
    current = _current.get()
    if held is not None and current is not None:
        current.left = steps
    try:
        yield
    finally:
        release(held)


@contextmanager
def nested() -> Iterator[None]:
    """Count what runs inside the block as one call of a function; raises FeelBudgetExceeded inside too many."""
    with budget():
        current = _current.get() or _Budget()
        if current.calls >= MAX_CALLS:
            raise FeelBudgetExceeded()
        current.calls += 1
        try:
            yield
        finally:
            current.calls -= 1


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
