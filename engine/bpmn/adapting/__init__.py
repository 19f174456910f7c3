"""What vendors write in ways of their own, put into the one way that is read, before anything else looks at a file.

An adaptation that keeps the meaning is silent; one that chooses a meaning leaves a note or a warning; what cannot be
understood in one way only is an error. The ids that are made here depend on the file alone, so that the state of a
running case fits whenever its file is read again.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from engine.bpmn.adapting import beginnings, conditions, definitions, ids, references, spelling, texts
from engine.bpmn.adapting.remarks import Remark
from engine.bpmn.xml import definitions as root_of
from engine.bpmn.xml import parse_guessing

__all__ = ["Opened", "Remark", "adapt", "adapted", "opened"]

#: Encodings whose guess may be wrong.
_DOUBTFUL = frozenset({"gb18030", "cp1252"})
#: Each changes the tree and tells what it chose; each may rely on those before it.
_STEPS: tuple[Callable[[etree._Element], Iterator[Remark]], ...] = (
    spelling.vocabulary,
    spelling.booleans,
    spelling.executable,
    ids.missing,
    ids.duplicates,
    references.ends,
    references.placed,
    references.names,
    references.listed,
    definitions.referred,
    definitions.by_message_flow,
    definitions.undeclared,
    definitions.unsaid,
    beginnings.global_tasks,
    beginnings.starts,
    conditions.defaults,
)


class Opened(NamedTuple):
    """The `definitions` of a file, and what had to be chosen to read it."""

    root: etree._Element
    remarks: list[Remark]


def opened(source: bytes, file: str = "") -> Opened:
    """Read a BPMN file as it is written. Raises InvalidModel with one problem when it is none."""
    root, guessed = parse_guessing(source, file)
    root.tag = spelling.translated(str(root.tag))
    root = root_of(root, file)
    return Opened(root, [Remark(texts.ENCODING, root, params={"encoding": guessed})] if guessed in _DOUBTFUL else [])


def adapted(source: bytes, file: str = "") -> etree._Element:
    """Read a BPMN file and put it into the one way of writing. Raises InvalidModel with one problem."""
    root = opened(source, file).root
    adapt(root)
    return root


def adapt(root: etree._Element) -> list[Remark]:
    """Put the tree below `root` into the one way of writing; gives what was chosen."""
    return [remark for step in _STEPS for remark in step(root)]
