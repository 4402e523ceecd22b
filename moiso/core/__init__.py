"""The queue, pure: commands in, events out, state as the fold of the events."""
