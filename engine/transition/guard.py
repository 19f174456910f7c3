"""The one place where any exception is caught: around a piece of work that the engine does by itself."""

import logging
from collections.abc import Callable

log = logging.getLogger("redress")


def guarded(act: Callable[[], bool], failed: Callable[[Exception], None]) -> bool:
    """Call `act` and give its result; when it raises anything, log names and types, call `failed`, and give False."""
    try:
        return act()
    except Exception as error:
        log.warning("work failed: %s", type(error).__name__, exc_info=_without_values(error))
        failed(error)
        return False


def _without_values(error: Exception) -> bool:
    """Whether the stack may be logged: errors raised on purpose say enough, others show where they came from."""
    return not hasattr(error, "template")
