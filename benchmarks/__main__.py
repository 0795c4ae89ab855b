"""Runs all benchmarks, or those named: `python3 start.py bench [reading] [scoring] [sheets] [forms] [rules] …`."""

import platform
import sys

from benchmarks import forms, lesson, reading, rules, scoring, sheets
from benchmarks.timing import cores

ALL = {
    "reading": reading.run,
    "scoring": scoring.run,
    "sheets": sheets.run,
    "forms": forms.run,
    "rules": rules.run,
    "class": lesson.run,
}


def main(names: list[str]) -> int:
    """Run some benchmarks; return 2 where a name is unknown, else 0."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores()} cores")
    for name in names or ALL:
        print(f"\n== {name}", flush=True)
        ALL[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
