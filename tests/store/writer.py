"""A process that writes answers, as another inspector's does: `python -m tests.store.writer KEY ACTOR NUMBER`."""

import sys

from govkit.store import ConflictError, open_home
from tests.store.examples import change, found


def main() -> None:
    """Write the answers to one item; where somebody else was faster, look again."""
    key, actor, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open_home().open(key) as store:
        for count in range(number):
            while True:
                value = found("D1.1", count)
                try:
                    store.write(actor, value.subject_id, [change(store, value)])
                except ConflictError:
                    continue
                break
            sys.stdout.write(f"{count}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
