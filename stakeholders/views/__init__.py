"""Pages of people, organisations, groups and lists."""
