"""What strangers write and ask, and what must never come of it."""
