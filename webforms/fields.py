"""Between a browser and the engine's forms: what was sent, what is shown, and messages in the reader's language.

The HTML stands in the macros of `_fields.html`, which use the filters that `init_app` registers.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from os import SEEK_END

from flask import Flask
from flask_babel import gettext
from werkzeug.datastructures import FileStorage, MultiDict

from engine.errors import RedressError
from engine.forms import UploadedFile
from engine.forms.view import Message, Node
from processes.complaint import sources
from webforms.language import current_language

#: Of the 16 columns of a form-js row to the 12 of Bootstrap.
_COLUMNS, _GRID = 16, 12


def fields_of(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """What a browser sent (`request.form`): field name → texts, without the protection token."""
    return {name: texts for name, texts in form.lists() if name != "csrf_token"}


def files_of(files: MultiDict[str, FileStorage]) -> dict[str, list[UploadedFile]]:
    """The files a browser sent (`request.files`), by field name; fields left empty do not occur."""
    found = {name: [_uploaded(each) for each in sent if each.filename] for name, sent in files.lists()}
    return {name: sent for name, sent in found.items() if sent}


def _uploaded(file: FileStorage) -> UploadedFile:
    size = file.stream.seek(0, SEEK_END)
    file.stream.seek(0)
    return UploadedFile(file.filename or "", file.mimetype, size, file.stream)


def translated(message: Message) -> str:
    """A message of a form, as InvalidForm has them, in the reader's language."""
    template, params = message
    return str(gettext(template)).format(**params)


def explained(error: RedressError) -> str:
    """What an error says, in the reader's language; texts and errors among its parameters too."""
    params = {name: _explained(name, each) for name, each in error.params.items()}
    return translated((error.template, params)) if params else str(gettext(error.template))


def _explained(name: str, param: object) -> object:
    if isinstance(param, RedressError):
        return explained(param)
    if name == "source" and isinstance(param, str):
        return sources.told(param, current_language())
    return gettext(param) if param and isinstance(param, str) else param


def errors_of(errors: Mapping[str, Message]) -> dict[str, str]:
    """The messages of InvalidForm in the reader's language, by field name."""
    return {name: translated(message) for name, message in errors.items()}


def side_by_side(nodes: Iterable[Node]) -> list[list[Node]]:
    """Nodes in lines: those of one `row` of the form editor stand in one line, the others alone."""
    return [list(line) for _, line in groupby(nodes, key=lambda node: node.row or node.id)]


def column_class(node: Node) -> str:
    """Bootstrap's class for the width of `node` in its line; full width on small screens."""
    return f"col-md-{max(1, round(node.columns * _GRID / _COLUMNS))}" if node.columns else "col-md"


def node_kind(node: Node) -> str:
    """The name of the macro that shows `node`: `question`, `fieldset`, `rows`, `markup`..."""
    return type(node).__name__.removesuffix("Node").lower()


def init_app(app: Flask) -> None:
    """Give the templates of `app` the filters of `_fields.html`."""
    app.jinja_env.filters.update(
        column_class=column_class, node_kind=node_kind, side_by_side=side_by_side, translated=translated
    )
