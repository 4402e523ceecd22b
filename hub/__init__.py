"""The hub: the one writer. Commands in; events into the log; only then answers, events and snapshots out."""
