"""Tests of `govkit.rectifying`."""
