"""`python -m tests.fuzz NUMBER…`: judge single cases again, and print the smallest file of each that fails."""

import sys

from tests.fuzz.cases import case, fault, smallest


def main() -> None:
    """Judge the cases named on the command line."""
    for number in map(int, sys.argv[1:]):
        chosen = case(number)
        found = fault(chosen.judge)
        print(f"case {number}, {chosen.seed.name}: {found or 'holds'}")  # noqa: T201
        if found:
            print(smallest(chosen).decode("utf-8", "backslashreplace"))  # noqa: T201


if __name__ == "__main__":
    main()
