"""The program as it is started: in a process of its own, on a free port, in a data folder of its own."""

import base64
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KEY = base64.b64encode(bytes(range(32))) + b"\n"
#: Far more than a start takes; a busy machine takes its time.
PATIENCE = 180


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installation:
    """A data folder with a key, and the program over it."""

    def __init__(self, folder):
        self.folder, self.port, self.running = folder, free_port(), []
        self.key = folder / "redress.key"
        self.write_key(KEY)

    def write_key(self, content, mode=0o600):
        self.key.unlink(missing_ok=True)
        self.key.write_bytes(content)
        self.key.chmod(mode)

    def environment(self, **settings):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("REDRESS_", "FLASK_"))}
        ours = {"DATA_DIR": self.folder, "PORT": self.port, **settings}
        return {
            **kept,
            "PYTHONDONTWRITEBYTECODE": "1",
            **{f"REDRESS_{name}": str(value) for name, value in ours.items()},
        }

    def begin(self, *words, **settings):
        """Start `python …` and go on."""
        process = subprocess.Popen(
            [sys.executable, *map(str, words)], cwd=ROOT, env=self.environment(**settings),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.running.append(process)
        return process

    def serve(self, **settings):
        """Start the program and wait until it serves; gives the process and the lines it printed."""
        process = self.begin("app.py", **settings)
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.startswith("serving "):
                return process, lines
        raise AssertionError(f"it did not start: {lines} {process.stderr.read()}")

    def refused(self, *words, **settings):
        """What a start that fails says in its one line."""
        process = self.begin(*(words or ["app.py"]), **settings)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
        assert len(errors.splitlines()) == 1, errors
        return errors

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def stop(self, process):
        """End it as a system does; gives its exit code."""
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        return process.returncode


@pytest.fixture
def installation(tmp_path):
    installation = Installation(tmp_path)
    yield installation
    for process in installation.running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_a_first_start_migrates_ships_and_serves_and_a_second_one_finds_all_done(installation):
    process, lines = installation.serve()
    assert lines[:2] == ["migrating the database", "deploying complaint"]
    assert installation.get("/healthz")[0] == installation.get("/readyz")[0] == 200
    assert installation.get("/login")[0] == 200
    assert installation.get("/demo/mailbox")[0] == 404
    assert installation.stop(process) == 0

    process, _ = installation.serve()
    assert installation.get("/readyz")[0] == 200
    assert installation.stop(process) == 0


@pytest.mark.slow
def test_a_busy_port_and_the_key_of_another_database_stop_the_start(installation):
    process, _ = installation.serve()
    assert "in use; choose another one, as REDRESS_PORT=" in installation.refused()
    assert installation.stop(process) == 0

    installation.write_key(base64.b64encode(bytes(32)))
    assert "the database belongs to another key. Put back the key file" in installation.refused()


@pytest.mark.parametrize(
    ("content", "mode", "remedy"),
    [
        (None, 0, "head -c 32 /dev/urandom | base64 > "),
        pytest.param(b"not base64!", 0o600, "Put back the key file", marks=pytest.mark.slow),
        pytest.param(base64.b64encode(b"short"), 0o600, "32 bytes as base64", marks=pytest.mark.slow),
        pytest.param(KEY, 0o644, "chmod 600", marks=pytest.mark.slow),
    ],
    ids=["missing", "garbled", "short", "open"],
)
def test_a_key_file_that_cannot_be_used_stops_the_start_with_the_remedy(installation, content, mode, remedy):
    installation.key.unlink() if content is None else installation.write_key(content, mode)

    said = installation.refused()

    assert "REDRESS_KEY_FILE" in said
    assert remedy in said
    assert not (installation.folder / "redress.db").exists()


@pytest.mark.slow
def test_a_wrong_setting_stops_the_start_with_its_name(installation):
    assert "REDRESS_THREADS" in installation.refused(THREADS="many")
    assert "REDRESS_DATA_DIR" in installation.refused(DATA_DIR=installation.key / "inside")


SLOW = """
import time
from pathlib import Path
from flask import Flask
import processes
from engine.db import Database
from engine.site import Site
from engine.vault import Vault
from webforms import serving
from webforms.settings import Settings
import os

app = Flask("slow")
app.config["MAX_CONTENT_LENGTH"] = 1000

@app.get("/slow")
def slow():
    print("began", flush=True)
    time.sleep(1.5)
    return "finished"

settings = Settings.of({**os.environ, "REDRESS_SCHEDULER": "off"}, Path("."))
site = Site(Database(settings.database_url), processes.load(), Vault(bytes(32)), settings.data_dir)
serving.serve(app, site, settings)
"""


def test_requests_under_way_are_finished_before_it_stops(installation, tmp_path):
    script = tmp_path / "slow.py"
    script.write_text(f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{SLOW}")
    process = installation.begin(script)
    assert process.stdout.readline().startswith("serving ")
    with socket.create_connection(("127.0.0.1", installation.port), timeout=PATIENCE) as client:
        client.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert process.stdout.readline() == "began\n"
        process.send_signal(signal.SIGTERM)
        answer = b"".join(iter(lambda: client.recv(4096), b""))

    assert answer.endswith(b"finished")
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


@pytest.mark.slow
def test_the_command_line_sets_up_and_works_and_the_worker_stops_when_told(installation):
    def run(*words):
        process = installation.begin("-m", "flask", "--app", "app", *words)
        output, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors
        return output

    assert "flask db upgrade" in installation.refused("-m", "flask", "--app", "app", "worker")
    run("db", "upgrade")
    assert "version 1 is active" in run("process", "deploy", "processes/complaint", "--application", "complaint")
    worker = installation.begin("-m", "flask", "--app", "app", "worker", "--every", "0.1")
    assert worker.stdout.readline().startswith("working")
    end = time.monotonic() + PATIENCE
    while not list(installation.folder.glob("seals/*.json")) and time.monotonic() < end:
        time.sleep(0.1)
    assert installation.stop(worker) == 0
    assert "are intact" in run("history", "verify")


@pytest.mark.slow
def test_a_demo_is_not_served_as_anything_else(installation):
    installation.key.unlink()
    process, _ = installation.serve(DEMO="1")
    assert installation.get("/demo/mailbox")[0] == 200
    assert installation.stop(process) == 0

    assert "REDRESS_DATA_DIR" in installation.refused()
