"""Tests of the page of a meeting."""
