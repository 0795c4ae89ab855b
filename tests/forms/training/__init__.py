"""Tests of the page of the training."""
