"""What can be done with people, organisations, groups, links and lists."""
