"""Two rows of the register that are one person."""
