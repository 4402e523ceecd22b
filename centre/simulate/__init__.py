"""Days of a centre under virtual time, from a seed: real machines, invented people, a bad network, promises checked."""
