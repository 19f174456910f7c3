"""Columns that several tables share, and where shipped tables come from."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from engine.reference import Column, Kind
from processes.complaint import codes
from processes.complaint.deadlines import DATA

ZH = Column("zh", "中文名称", "Chinese name", required=True)
EN = Column("en", "英文名称", "English name", required=True)
SOURCE = Column("source", "依据", "Source")


def file(name: str) -> Callable[[], bytes]:
    """Reads the shipped table `name`.csv."""
    return partial(Path.read_bytes, DATA / f"{name}.csv")


def codes_of(*lists: str, more: Collection[str] = ()) -> Callable[[], Collection[str]]:
    """Asks for the codes of the named lists, and `more`."""
    return lambda: {code for name in lists for code in codes.lists()[name]} | {*more}


def one_of(*choices: str) -> Callable[[], Collection[str]]:
    """Fixed codes that no list keeps, because the program reads them."""
    return lambda: choices


def coded(
    name: str, zh: str, en: str, choices: Callable[[], Collection[str]], *, required: bool = False, many: bool = False
) -> Column:
    """A column of codes."""
    return Column(name, zh, en, Kind.CODE, required=required, choices=choices, many=many)
