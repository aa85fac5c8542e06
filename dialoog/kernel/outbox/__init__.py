"""Every mail that leaves, leaves from here: stored first, then delivered at least once."""
