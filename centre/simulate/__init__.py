"""Days of a centre under virtual time, from a seed: the real machines, invented people, a bad network, every promise checked."""
