"""What happened, append-only and hash-chained: one stream for each instance, and audit streams for everything else.

`instance:<id>` is kept with the instance's row, `audit:<day>:<node>` with a row of its own. Daily seals outside the
database make a cut tail visible. Detail is stored in clear and must hold no personal value; values are sealed.
"""

from engine.history.chain import AUDIT, Entry, Line, audit, instance_stream, read, record
from engine.history.seals import seal
from engine.history.verification import Broken, Report, verify

__all__ = [
    "AUDIT",
    "Broken",
    "Entry",
    "Line",
    "Report",
    "audit",
    "instance_stream",
    "read",
    "record",
    "seal",
    "verify",
]
