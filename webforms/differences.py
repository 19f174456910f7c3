"""Two texts as one, with what went and what came."""

import difflib
import re
from typing import NamedTuple

#: Texts of more words than this are not compared word by word: that would take too long.
MOST_WORDS = 6_000

#: A word, a run of blanks, or any other sign: Chinese is compared sign by sign.
_WORD = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.ASCII | re.DOTALL)


class Segment(NamedTuple):
    """A piece of text: `kept`, `deleted` or `inserted`."""

    kind: str
    text: str


def segments(old: str, new: str) -> list[Segment]:
    """The pieces that, without the inserted ones, make `old`, and without the deleted ones `new`."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return [Segment("deleted", old), Segment("inserted", new)]
    found = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Segment("kept", "".join(before[i:j])))
            continue
        if i < j:
            found.append(Segment("deleted", "".join(before[i:j])))
        if k < m:
            found.append(Segment("inserted", "".join(after[k:m])))
    return found
