"""The page of one meeting: its six steps, what is open, who answered what."""
