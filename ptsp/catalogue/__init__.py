"""`ptsp catalogue`: what the office decided, on the screen, as JSON, and drawn."""
