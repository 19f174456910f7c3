"""Checks of rows that name a row above them."""

from collections.abc import Callable, Iterator, Sequence

from engine.reference import Flaw, Row

#: What a row is called by its children, and by whom it is meant.
Name = tuple[str, str]


def tree_flaws(rows: Sequence[Row], own: Callable[[Row], Name], above: Callable[[Row], Name | None]) -> Iterator[Flaw]:
    """Rows whose parent does not exist, and rows that are their own ancestors; `parent` is the column they stand in."""
    parents = {own(row): above(row) for row in rows}
    for number, row in enumerate(rows, 2):
        parent = above(row)
        if parent is not None and parent not in parents:
            yield Flaw(
                number,
                "parent",
                f"没有上级“{parent[-1]}”；请先增加它，或改正上级。",
                f"There is no “{parent[-1]}” to stand under; add it first, or correct the parent.",
            )
    for number, row in enumerate(rows, 2):
        circle = _circle(own(row), parents)
        if circle:
            way = " → ".join(name[-1] for name in circle)
            yield Flaw(number, "parent", f"上级关系成环：{way}。", f"The parents run in a circle: {way}.")


def _circle(start: Name, parents: dict[Name, Name | None]) -> list[Name]:
    """The way from `start` back to itself; empty when there is none."""
    way = [start]
    while (following := parents.get(way[-1])) is not None:
        way.append(following)
        if following == start:
            return way
        if following in way[:-1]:
            return []  # a circle further up, told at its own rows
    return []
