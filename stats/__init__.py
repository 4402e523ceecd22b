"""The hub's events kept for good, and the day's figures from them."""
