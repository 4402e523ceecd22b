"""The bench: what the centre costs, measured beside what this machine costs without it. `make bench`."""
