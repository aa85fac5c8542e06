"""Who works where, and what their role allows."""
