"""`python -m benchmarks [--rounds N]`: runs every part, prints ratios, writes a JSON file to benchmarks/results/."""

import argparse
import json
import platform
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import checks, commands, expressions, pages, search, steps

RESULTS = Path(__file__).parent / "results"

#: Name in the file → part; each takes the number of rounds, prints, and returns what it found.
PARTS = {
    "steps": steps.measure,
    "commands": commands.measure,
    "expressions": expressions.measure,
    "checks": checks.measure,
    "search": search.measure,
    "pages": pages.measure,
}


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure this engine against stock SpiffWorkflow.")
    parser.add_argument("--rounds", type=int, default=200, help="how often each step is measured (default: 200)")
    rounds = parser.parse_args().rounds
    found = {name: measure(rounds) for name, measure in PARTS.items()}
    now = datetime.now(UTC)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y%m%dT%H%M%SZ}.json"
    about = {"at": now.isoformat(), "python": platform.python_version(), "machine": platform.machine()}
    path.write_text(json.dumps(about | found, indent=2) + "\n", "utf-8")
    print(f"Written to {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


if __name__ == "__main__":
    main()
