"""Lets `python -m govkit` be the `govkit` command."""

import sys

if __name__ == "__main__":
    try:
        from govkit.commands import main  # loading takes a second, in which somebody may already interrupt
    except KeyboardInterrupt:
        sys.exit(1)
    main()
