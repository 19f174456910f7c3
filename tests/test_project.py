"""The files around the code: pinned and hashed dependencies, no registry, no trace of the machine they were made on."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt", ".ci/uv.txt", ".ci/node.txt"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NPM_LOCK = ROOT / "package-lock.json"


def requirements(lock: str) -> list[str]:
    """The requirements of a lock file, each with its hashes on one line."""
    text = "".join(
        line for line in (ROOT / lock).read_text("utf-8").splitlines(keepends=True) if not line.startswith("#")
    )
    return text.replace("\\\n", "").splitlines()


def pins(names: list[str]) -> dict[str, str]:
    """Name → version of exact pins, extras and markers left out; fails on anything that is not one."""
    found = [re.fullmatch(r"([\w.-]+)(?:\[\w+\])?==([\w.]+)(?:\s*;.*)?", name.strip()) for name in names]
    assert all(found), f"not pinned to one version: {[name for name, pin in zip(names, found, strict=True) if not pin]}"
    return {pin[1].lower(): pin[2] for pin in found if pin}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock):
    lines = requirements(lock)

    assert lines
    pins([line.split("--hash")[0] for line in lines])
    assert not [line for line in lines if not re.search(r"--hash=sha256:[0-9a-f]{64}( |$)", line)]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_requirement_names_where_it_comes_from(lock):
    text = (ROOT / lock).read_text("utf-8")

    assert not re.findall(r"^.*(?:://|--index|--extra-index|--find-links|--trusted-host| @ |^-).*$", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("lock", "named"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        (
            "requirements-dev.txt",
            [
                *PROJECT["project"]["dependencies"],
                *PROJECT["project"]["optional-dependencies"]["postgres"],
                *PROJECT["dependency-groups"]["dev"],
            ],
        ),
        (".ci/uv.txt", PROJECT["dependency-groups"]["uv"]),
        (".ci/node.txt", PROJECT["dependency-groups"]["node"]),
    ],
)
def test_the_lock_holds_what_the_project_names(lock, named):
    locked = pins([line.split("--hash")[0] for line in requirements(lock)])

    assert pins(named).items() <= locked.items(), "run `make lock`"


def test_tests_run_on_the_versions_that_serve():
    served, tested = (pins([line.split("--hash")[0] for line in requirements(lock)]) for lock in LOCKS[:2])

    assert served.items() <= tested.items(), "run `make lock`"


def test_npm_packages_are_pinned_and_hashed_and_name_no_registry():
    packages = {path: package for path, package in json.loads(NPM_LOCK.read_text("utf-8"))["packages"].items() if path}
    manifest = json.loads((ROOT / "package.json").read_text("utf-8"))
    named = {**manifest["dependencies"], **manifest["devDependencies"]}

    assert not [path for path, package in packages.items() if "resolved" in package or "integrity" not in package]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in named} == named


def test_npm_is_pointed_at_no_registry():
    settings = (ROOT / ".npmrc").read_text("utf-8")

    assert not re.findall(r"^.*(?:registry\s*=|://|_auth|token).*$", settings, re.MULTILINE | re.IGNORECASE)


def tracked_texts() -> dict[str, str]:
    """Path → content of every text file that is, or is about to be, under version control."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    paths = [path for path in listed.split("\0") if path and (ROOT / path).is_file()]
    contents = {path: (ROOT / path).read_bytes() for path in paths}
    return {path: content.decode("utf-8", "replace") for path, content in contents.items() if b"\0" not in content}


def lines_with(pattern: str, texts: dict[str, str]) -> list[str]:
    """Where `pattern` occurs, as path:line: text."""
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def machine_path(root: Path) -> str:
    """A pattern for absolute paths beside or in `root`; folders that every system has are no trace of one."""
    common = {
        "/",
        "/app",
        "/code",
        "/home",
        "/opt",
        "/root",
        "/src",
        "/srv",
        "/tmp",
        "/usr/src",
        "/var/tmp",
        "/workspace",
    }
    places = [re.escape(place.as_posix()) for place in (root, root.parent) if place.as_posix() not in common]
    return rf"(?<![\w.-])(?:{'|'.join(places)})(?![\w-])" if places else r"(?!)"


UNFINISHED = r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME"]) + r")\b"


def test_no_file_names_a_folder_of_this_machine():
    assert not lines_with(machine_path(ROOT), tracked_texts())


def test_no_file_is_left_unfinished():
    assert not lines_with(UNFINISHED, tracked_texts())


def test_nothing_that_is_built_is_tracked():
    built = re.compile(r"(^|/)(node_modules|\.venv|__pycache__|webforms/static/dist)/|\.(mo|pyc|min\.js|map)$")

    assert not [path for path in tracked_texts() if built.search(path)]


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (machine_path(Path("/home/ann/redress")), "see /home/ann/redress/app.py"),
        (machine_path(Path("/home/ann/redress")), "see /home/ann/other/notes.md"),
        (machine_path(Path("/tmp/redress")), "'/tmp/redress'"),
        (UNFINISHED, "# TO" + "DO: later"),
        (UNFINISHED, "FIX" + "ME"),
    ],
)
def test_a_planted_trace_is_found(pattern, line):
    assert lines_with(pattern, {"a.md": f"first\n{line}\n"}) == [f"a.md:2: {line}"]


def test_folders_that_every_system_has_are_no_trace():
    assert not lines_with(machine_path(Path("/tmp/redress")), {"a.md": "in /tmp/x or engine/tmp/redressed"})
