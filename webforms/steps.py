"""A long form in steps: each group at its top is a page of its own, and the last page holds its files.

Nothing is kept between the pages on the server: what was answered travels along as hidden fields. Files cannot, so they
are asked for where the form is sent.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.forms import View
from engine.forms.submission import Errors
from engine.forms.view import Fieldset, Message, Node, Question, RowsNode, walk

#: The page that shows all answers, takes files, and sends.
LAST = "check"

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Step:
    """One page of questions. `id` names it in the browser; `nodes` are its questions without files."""

    id: str
    label: str
    description: str
    nodes: tuple[Node, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of its fields; those of rows begin with `<list>-`."""
        return frozenset(_names(self.nodes))

    @property
    def asked(self) -> frozenset[str]:
        """The names of its fields that a browser sends back."""
        shown = (node for node in walk(self.nodes) if isinstance(node, Question))
        return frozenset(node.name for node in shown if not node.locked and node.kind != "output")

    def owns(self, name: str) -> bool:
        """Whether the field `name` stands on this page."""
        return name in self.names or any(name.startswith(f"{row.name}-") for row in _rows(self.nodes))


@dataclass(frozen=True)
class Steps:
    """The pages of one form as it is now, and the questions for files that the last page asks."""

    view: View
    steps: tuple[Step, ...]
    files: tuple[Node, ...]

    def at(self, step_id: str) -> Step | None:
        """The page called `step_id`; the first for an unknown name, None for the last page."""
        if step_id == LAST:
            return None
        return next((step for step in self.steps if step.id == step_id), self.steps[0])

    def after(self, step: Step) -> str:
        """The name of the page that follows."""
        return next((each.id for each in self.steps[self.number(step) :]), LAST)

    def before(self, step: Step | None) -> str:
        """The name of the page before `step` (None: the last page); empty at the first."""
        earlier = self.steps if step is None else self.steps[: self.number(step) - 1]
        return earlier[-1].id if earlier else ""

    def number(self, step: Step) -> int:
        """Which page it is, from 1."""
        return 1 + next(index for index, each in enumerate(self.steps) if each.id == step.id)

    def page(self, step: Step, errors: Mapping[str, Message]) -> View:
        """What the page of `step` shows, with its own errors."""
        return replace(self.view, nodes=step.nodes, errors=_listed(step.nodes, errors), multipart=False)

    def last_page(self, errors: Mapping[str, Message]) -> View:
        """The questions for files, with what is wrong with them or with the whole form."""
        shown = frozenset(_names(self.files))
        of_form = tuple(("", message) for name, message in errors.items() if name not in shown)
        listed = of_form + _listed(self.files, errors)
        return replace(self.view, nodes=self.files, errors=listed, conditional=False, rearrangeable=False)

    def first_wrong(self, errors: Errors) -> Step | None:
        """The first page that one of `errors` is about."""
        return next((step for step in self.steps if any(step.owns(name) for name in errors)), None)


def steps_of(view: View) -> Steps:
    """The pages of the form shown in `view`; a form without groups is one page."""
    steps: list[Step] = []
    files: list[Node] = []
    loose: list[Node] = []
    for node in view.nodes:
        kept = _without_files(node, files)
        if isinstance(node, Fieldset):
            inside = kept.children if isinstance(kept, Fieldset) else ()
            if any(_questions(inside)):
                steps.append(Step(node.id, node.label, node.description, (*loose, *inside)))
                loose = []
        elif kept is not None:
            loose.append(kept)
    if loose and (steps or any(_questions(loose))):
        last = steps.pop() if steps else Step("form", "", "", ())
        steps.append(replace(last, nodes=(*last.nodes, *loose)))
    return Steps(view, tuple(steps), tuple(files))


def carried(answers: Fields, step: Step | None) -> list[tuple[str, str]]:
    """Name and text of every hidden field of a page: all that was answered on other pages."""
    return [(name, text) for name, texts in answers.items() if step is None or not step.owns(name) for text in texts]


def _without_files(node: Node, files: list[Node]) -> Node | None:
    """`node` without its questions for files, which go to `files`; None if it was one."""
    if isinstance(node, Question) and node.kind == "file":
        files.append(node)
        return None
    if isinstance(node, Fieldset):
        kept = (_without_files(child, files) for child in node.children)
        return replace(node, children=tuple(child for child in kept if child is not None))
    return node


def _questions(nodes: Iterable[Node]) -> Iterator[Question | RowsNode]:
    return (node for node in walk(nodes) if isinstance(node, Question | RowsNode))


def _rows(nodes: Iterable[Node]) -> Iterator[RowsNode]:
    return (node for node in walk(nodes) if isinstance(node, RowsNode))


def _names(nodes: Iterable[Node]) -> Iterator[str]:
    for node in _questions(nodes):
        yield node.name
        if isinstance(node, RowsNode):
            yield node.marker


def _listed(nodes: Iterable[Node], errors: Mapping[str, Message]) -> tuple[tuple[str, Message], ...]:
    targets = ((node.target if isinstance(node, Question) else node.id, node.name) for node in _questions(nodes))
    return tuple((target, errors[name]) for target, name in targets if name in errors)
