"""The one place where any exception is caught: around a piece of work that the engine does by itself."""

import logging
import traceback
from collections.abc import Callable

from engine.errors import RedressError

log = logging.getLogger("redress")


def guarded(act: Callable[[], bool], failed: Callable[[Exception], None]) -> bool:
    """Call `act` and give its result; when it raises anything, log it without values, call `failed`, and give False."""
    try:
        return act()
    except Exception as error:  # noqa: BLE001 - an application's code may raise anything
        log.warning("work failed: %s%s", type(error).__name__, _places(error))
        failed(error)
        return False


def reason_of(error: Exception) -> str:
    """What an incident says of `error`: the message of an error raised on purpose, else only its name."""
    return error.message if isinstance(error, RedressError) else type(error).__name__


def _places(error: Exception) -> str:
    """Where an unforeseen error came from; its own text may hold values of a case, so it is left out."""
    if isinstance(error, RedressError):
        return ""
    return "\n" + "".join(traceback.format_tb(error.__traceback__))
