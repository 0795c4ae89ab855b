"""Tests of the packs of rules."""
