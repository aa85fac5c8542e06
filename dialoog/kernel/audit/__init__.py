"""An append-only account of who did what, numbered per workspace and chained by hash."""
