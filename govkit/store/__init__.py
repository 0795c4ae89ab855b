"""The one door to the database: answers as an append-only log, and what follows from it."""
