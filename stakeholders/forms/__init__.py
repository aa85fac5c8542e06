"""What is asked about people, organisations, groups and lists."""
