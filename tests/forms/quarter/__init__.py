"""Tests of the organiser's page."""
