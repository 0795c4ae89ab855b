"""Tests of what a year comes to."""
