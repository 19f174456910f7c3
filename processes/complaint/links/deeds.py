"""What writing the paths does that hang on other complaints."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import object_session

from engine import clock
from processes.complaint.clocks import Clocks
from processes.complaint.facts import set_fact
from processes.complaint.links.chains import MERGED
from processes.complaint.links.joining import case_called, hold, join, link_of, part, root_for
from processes.complaint.links.readings import REPEAT_COUNT, computed_repeats


def _root_case(clocks: Clocks, number: str | None) -> None:
    """Name the complaint in which this one goes on: its root. Raises NoSuchComplaint, and as `root_for` and `hold`."""
    complaint, session = clocks.complaint, object_session(clocks.complaint)
    if session is None:
        complaint.root_case = number
    elif number is None and complaint.root_case is not None:
        part(session, complaint.instance_id)
        complaint.root_case = None
    elif number is not None and number != complaint.root_case:
        named_id = case_called(session, number)
        hold(session, root_for(session, complaint, named_id).instance_id)
        root = root_for(session, complaint, named_id)  # it may have been merged itself before it was held
        part(session, complaint.instance_id)
        known = link_of(session, complaint.instance_id, root.instance_id)
        if known is not None:
            session.delete(known)
            session.flush()
        join(session, complaint.instance_id, root.instance_id, MERGED, by="", at=clock.now())
        complaint.root_case = root.number


def _dup_state(clocks: Clocks, state: str | None) -> None:
    clocks.complaint.dup_state = state


def _repeat_count(clocks: Clocks, count: Decimal | None) -> None:
    """Correct what the links say; the same number again is no correction."""
    same = count is None or count == computed_repeats(clocks)
    set_fact(clocks.complaint, REPEAT_COUNT, None if same else count)


#: path → what writing it does
LINK_DEEDS: Mapping[str, Callable[[Clocks, Any], None]] = {
    "root_case": _root_case,
    "dup_state": _dup_state,
    "repeat_count": _repeat_count,
}
