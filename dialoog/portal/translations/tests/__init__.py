"""Tests of the page with translations."""
