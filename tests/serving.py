"""Pages on a free port, in a thread of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import waitress
from flask import Flask
from waitress.wasyncore import close_all


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address at which `app` is served until the end of the block."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # In the server's own thread: closed by another one, sockets would vanish while it waits for them.
        server.trigger.pull_trigger(lambda: close_all(sockets))
        thread.join(5)
        server.task_dispatcher.shutdown()
        if thread.is_alive():
            raise RuntimeError("the server did not stop")
