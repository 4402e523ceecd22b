"""The shared library of Mời Số: the queue, the promise, the wire and the runtime."""

__version__ = "0.1.0"
