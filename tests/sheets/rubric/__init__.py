"""Tests of workbooks about rubrics."""
