"""The organiser's page: the ledger of a quarter, its draw, rules checked, and what becomes of accounts."""
