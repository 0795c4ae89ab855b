"""Tests of the page after an inspection."""
