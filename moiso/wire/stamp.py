"""Moments on the wire: ISO 8601 with an offset and milliseconds."""

from datetime import datetime, tzinfo
from functools import lru_cache

#: Stamps before 1970 and from the year 9999 on are slips: they have no local time in every zone.
_LATEST = 253_370_764_800


@lru_cache(maxsize=1024)  # the same people wait in snapshot after snapshot, at several counters
def iso(wall: float, zone: tzinfo) -> str:
    """`1795393800.25` -> `2026-11-23T07:30:00.250+07:00`."""
    return datetime.fromtimestamp(wall, zone).isoformat(timespec="milliseconds")


@lru_cache(maxsize=512)  # all that a board tells is told again with the next one
def seconds(stamp: str) -> float:
    """Seconds since 1970 of an ISO 8601 stamp with an offset.

    Raises ValueError when it is none, or lies before 1970 or after 9998.
    """
    moment = datetime.fromisoformat(stamp)
    if moment.tzinfo is None:
        raise ValueError(f"no offset in {stamp!r}")
    wall = moment.timestamp()
    if not 0 <= wall < _LATEST:
        raise ValueError(f"{stamp!r} is in no year of ours")
    return wall
