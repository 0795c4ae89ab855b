"""Tests of the page of what follows an inspection."""
