"""The waiting-time estimate, pure: what may honestly be announced."""
