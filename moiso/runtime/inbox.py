"""One inbox: callbacks of any thread put, one loop drains."""

from queue import Empty, SimpleQueue


class Stop:
    """Put on the inbox to end the loop."""


class Inbox:
    """A queue without a limit that is drained in batches."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[object] = SimpleQueue()

    def put(self, item: object) -> None:
        """Add an item; never blocks; any thread."""
        self._queue.put(item)

    def drain(self, timeout: float, most: int = 500) -> list[object]:
        """Up to `most` items, waiting at most `timeout` seconds for the first; perhaps none."""
        items: list[object] = []
        try:
            items.append(self._queue.get(timeout=max(0.0, timeout)))
            while len(items) < most:
                items.append(self._queue.get_nowait())
        except Empty:
            pass
        return items
