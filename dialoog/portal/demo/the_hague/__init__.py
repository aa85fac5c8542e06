"""Case A: which raw materials do we take on together? Held, and reported back before the promised day."""
