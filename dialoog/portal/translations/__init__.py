"""What the organiser wrote beside its translation, on one page per meeting."""
