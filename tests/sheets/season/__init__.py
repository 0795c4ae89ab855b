"""Tests of the sheets of a season."""
