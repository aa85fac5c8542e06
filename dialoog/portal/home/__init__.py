"""What needs somebody today, in one workspace."""
