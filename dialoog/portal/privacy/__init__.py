"""Being forgotten: by the organiser's hand, or by itself when the time that was promised is over."""
