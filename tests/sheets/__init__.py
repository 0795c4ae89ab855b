"""Tests of the door for workbooks out."""
