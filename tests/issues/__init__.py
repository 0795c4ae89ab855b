"""Tests of what becomes of problems that units are to mend."""
