"""Documents out of words: PDF, letters and calendar files. Knows no models."""
