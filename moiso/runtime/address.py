"""Where the broker is, for programs that need to know it without talking to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Where the broker is and who asks."""

    host: str
    port: int
    username: str
    password: str
