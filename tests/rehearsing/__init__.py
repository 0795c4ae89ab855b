"""Tests of changes of the rules."""
