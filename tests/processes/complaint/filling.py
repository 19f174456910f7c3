"""Filling in our forms without a browser."""

from functools import cache

from engine import clock, forms
from engine.errors import InvalidForm
from engine.forms.placing import answers_of, place
from engine.forms.scope import Scope, dig
from engine.forms.submission import OWN_MESSAGE
from engine.forms.view import Fieldset, MarkupNode, TableNode
from processes.complaint import application
from processes.complaint.register import REGISTER
from tests.processes.complaint.filing import local

FOLDER = application.folder / "forms"
#: The companion processes bring forms of their own.
NAMES = sorted(path.stem for path in FOLDER.glob("*.form"))


@cache
def form(name):
    """The shipped form `name`."""
    return forms.load((FOLDER / f"{name}.form").read_bytes(), name)


def rows(list_name, *found):
    """The fields of the rows `found` of a list."""
    fields = {f"_rows:{list_name}": ["", *(str(n) for n in range(len(found)))]}
    return fields | {f"{list_name}-{n}-{key}": text for n, row in enumerate(found) for key, text in row.items()}


def reading(values, variables=()):
    """What a form reads at a task of a complaint with `values` (path → value)."""
    record = REGISTER.blank({"received_at": local("2026-03-10"), **dict(values)})
    context = dict(variables)
    for path in REGISTER.paths():
        *parents, last = ["complaint", *path.split(".")]
        inner = context
        for part in parents:
            inner = inner.setdefault(part, {})
        inner[last] = record.get(path)
    return context


def refusals(name, fields, values=(), variables=(), language="en", at=None):
    """Field → message of everything that the form refuses."""
    sent = {key: texts if isinstance(texts, list) else [texts] for key, texts in fields.items()}
    with clock.at(at or local("2026-03-11")):
        try:
            form(name).submit(sent, {}, reading(dict(values), variables), language, application.functions)
        except InvalidForm as error:
            return {
                field: params["text"] if template == OWN_MESSAGE else template.format(**params)
                for field, (template, params) in error.errors.items()
            }
    return {}


def calculated(name, fields, path, values=(), variables=()):
    """What the form calculates at `path` (with the record's name) from the answers in `fields`."""
    sent = {key: texts if isinstance(texts, list) else [texts] for key, texts in fields.items()}
    with clock.at(local("2026-03-11")):
        placed = place(form(name).components, sent, Scope(reading(dict(values), variables), application.functions))
    return dig(answers_of(placed), path)


def shown(name, fields, values=(), variables=(), language="zh"):
    """The plain texts and tables that a form shows, as one text."""
    sent = {key: texts if isinstance(texts, list) else [texts] for key, texts in fields.items()}
    with clock.at(local("2026-03-11")):
        view = form(name).view(reading(dict(values), variables), sent, language, application.functions)
    return "\n".join(repr(node) for node in _walk(view.nodes) if isinstance(node, MarkupNode | TableNode))


def _walk(nodes):
    for node in nodes:
        yield node
        yield from _walk(node.children if isinstance(node, Fieldset) else ())
