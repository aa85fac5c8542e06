"""Pages that combine everything: home, the guest's page, the demo."""
