"""Tests of 年度考核."""
