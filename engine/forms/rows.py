"""Adding and removing rows of a list by plain buttons, and keeping a half-filled form."""

from collections.abc import Mapping, Sequence

from engine.forms.components import MOST_ROWS, RowList
from engine.forms.placing import ROWS, Entered, Placed, walk_placed
from engine.forms.submission import template_of

#: Names of the buttons: `_add:measures`, `_remove:measures:3`.
ADD, REMOVE = "_add:", "_remove:"
#: Longest text (characters) and most texts per name that a draft keeps.
_LONGEST, _MOST_TEXTS = 100_000, 500


def is_rearrangement(fields: Mapping[str, object]) -> bool:
    """Whether a button that adds or removes a row was pressed."""
    return any(name.startswith((ADD, REMOVE)) for name in fields)


def rearrange(placed: Sequence[Placed], entered: Entered) -> dict[str, list[str]]:
    """`entered` after its add and remove buttons; `placed` is the form before them, with its lists."""
    kept = {name: list(texts) for name, texts in entered.items() if not name.startswith((ADD, REMOVE))}
    lists = {each.name: each for each in walk_placed(placed) if _is_rearrangeable(each)}
    for button in entered:
        if button.startswith(ADD) and (grown := lists.get(button.removeprefix(ADD))):
            indexes = [row.index for row in grown.rows]
            # Above every stored row, so that a new row never takes over the values of a removed one.
            free = max([*indexes, grown.kept_rows - 1], default=-1) + 1
            if len(indexes) < MOST_ROWS and free < 1000:
                kept[ROWS + grown.name] = ["", *map(str, indexes), str(free)]
        elif button.startswith(REMOVE):
            name, _, index = button.removeprefix(REMOVE).rpartition(":")
            if shrunk := lists.get(name):
                kept[ROWS + name] = ["", *(str(row.index) for row in shrunk.rows if str(row.index) != index)]
                kept = {key: texts for key, texts in kept.items() if not _lies_in(key, f"{name}-{index}-")}
    return kept


def keep_draft(known: frozenset[str], entered: Entered) -> dict[str, list[str]]:
    """What of `entered` belongs to the form, unchecked, to be shown again. `known`: the `template_of` every name."""
    return {
        name: [text[:_LONGEST] for text in texts[:_MOST_TEXTS]]
        for name, texts in entered.items()
        if template_of(name) in known
    }


def _is_rearrangeable(placed: Placed) -> bool:
    return isinstance(placed.component, RowList) and placed.component.rearrangeable


def _lies_in(name: str, start: str) -> bool:
    return name.removeprefix(ROWS).startswith(start)
