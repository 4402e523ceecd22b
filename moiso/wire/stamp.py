"""Moments on the wire: ISO 8601 with an offset and milliseconds."""

from datetime import UTC, datetime, tzinfo

#: Stamps before 1970 and from the year 9999 on are slips: they have no local time in every zone.
_LATEST = 253_370_764_800


def iso(wall: float, zone: tzinfo) -> str:
    """`1795393800.25` -> `2026-11-23T07:30:00.250+07:00`."""
    return datetime.fromtimestamp(wall, UTC).astimezone(zone).isoformat(timespec="milliseconds")


def seconds(stamp: str) -> float:
    """Seconds since 1970 of an ISO 8601 stamp with an offset.

    Raises ValueError when it is none, or lies before 1970 or after 9998.
    """
    moment = datetime.fromisoformat(stamp)
    if moment.tzinfo is None:
        raise ValueError(f"no offset in {stamp!r}")
    if not 0 <= moment.timestamp() < _LATEST:
        raise ValueError(f"{stamp!r} is in no year of ours")
    return moment.timestamp()
