"""A process in which somebody types: `python -m tests.forms.typist SUBJECT ITEM`; says each length once it is kept."""

import sys
from datetime import datetime

from govkit.forms.desk import Desk
from govkit.store import open_home


def main() -> None:
    """Type one letter after the other, until the process is killed."""
    subject_id, code = sys.argv[1], sys.argv[2]
    home = open_home()
    with home.open(home.batches()[0].key) as store:
        desk = Desk(store, lambda: "张三", "typist", datetime.now)
        desk.open(subject_id)
        for length in range(1, 10_000):
            desk.type_text(subject_id, code, note="字" * length)
            sys.stdout.write(f"{length}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
