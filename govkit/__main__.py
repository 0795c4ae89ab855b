"""Lets `python -m govkit` be the `govkit` command."""

from govkit.commands import main

if __name__ == "__main__":
    main()
