"""Styles, scripts and pictures: compressed on their way, and kept by browsers until they change.

Pages themselves are not compressed: they carry tokens beside what a request says, whose sizes would tell of them
(the attack is known as BREACH).
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_compress import Compress
from werkzeug.wrappers import Response

ENDPOINT = "static"
#: Parameter of the address that changes with the content.
VERSION = "v"
FOREVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Serve the static files of `app` and of its blueprints so."""
    app.config.update(
        COMPRESS_MIMETYPES=["text/css", "text/javascript", "application/javascript", "image/svg+xml"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_STREAMS=False,
    )
    Compress(app)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if is_static(endpoint) and (folder := _folder(app, endpoint)):
            values.setdefault(VERSION, _version(Path(folder) / values["filename"]))

    @app.after_request
    def keep(answer: Response) -> Response:
        # the build names the parts of a script by their content, and scripts ask for them without a parameter
        named = VERSION in request.args or "/chunks/" in request.path
        if is_static(request.endpoint) and answer.status_code == 200:
            _read(answer)
            if named:
                answer.headers["Cache-Control"] = FOREVER
        return answer


def _read(answer: Response) -> None:
    """Take the file into memory: what Flask-Compress compresses as a stream it leaves open."""
    answer.direct_passthrough = False
    answer.make_sequence()


def is_static(endpoint: str | None) -> bool:
    """Whether the endpoint serves files that everybody may have."""
    return (endpoint or "").rpartition(".")[2] == ENDPOINT


def _folder(app: Flask, endpoint: str) -> str | None:
    blueprint = endpoint.rpartition(".")[0]
    return app.blueprints[blueprint].static_folder if blueprint else app.static_folder


def _version(path: Path) -> str | None:
    """What the address of the file says of its content; None: there is no such file."""
    try:
        return _digest(path, path.stat().st_mtime_ns)
    except OSError:
        return None


@cache
def _digest(path: Path, changed: int) -> str:  # noqa: ARG001 - another moment, another content
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
