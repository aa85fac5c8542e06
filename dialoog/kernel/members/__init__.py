"""How colleagues come, change and go; above the audit trail, which is told of all of it."""
