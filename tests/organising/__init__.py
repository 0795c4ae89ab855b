"""Tests of the organiser's quarter."""
