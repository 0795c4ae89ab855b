"""Tests that open the notebooks in a browser, as an inspector does."""
