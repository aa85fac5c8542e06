"""The kernel: workspaces, audit, files, outbox, documents and ui. Knows nothing of dialogues."""
