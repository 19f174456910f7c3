"""Running one part by itself, among as many cases as are asked for."""

import argparse
from collections.abc import Callable


def run(part: str, measure: Callable[[int, int, str], object]) -> None:
    """Call `measure` with the rounds, the number of cases and the database URL of the command line."""
    parser = argparse.ArgumentParser(prog=f"benchmarks.{part}", description="Measure one part among many cases.")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--url", default="", help="an empty database; default: SQLite in a folder of its own")
    chosen = parser.parse_args()
    measure(chosen.rounds, chosen.cases, chosen.url)
