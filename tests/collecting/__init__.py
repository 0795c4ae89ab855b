"""Tests of sheets that come back."""
