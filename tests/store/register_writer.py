"""A process that judges a rule, as another inspector's does: `python -m tests.store.register_writer ACTOR NUMBER`."""

import sys

from govkit.findings import Finding, Outcome
from govkit.store import ConflictError, open_home

QUARTER, WHO, RULE = (2026, 1), "县教委", "HB07"


def main() -> None:
    """Judge one rule again and again; where somebody else was faster, look again."""
    actor, number = sys.argv[1], int(sys.argv[2])
    with open_home().register() as register:
        for count in range(number):
            while True:
                last = register.judged(QUARTER).get((WHO, RULE))
                finding = Finding(WHO, RULE, Outcome.FOUND, count)
                try:
                    register.judge(actor, QUARTER, finding, last.revision if last else 0)
                except ConflictError:
                    continue
                break
            sys.stdout.write(f"{count}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
