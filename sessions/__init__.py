"""Dialogues and their sessions: promise, table, invitation, programme, record."""
