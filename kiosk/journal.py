"""The kiosk's journal: what it must know after a power cut, a line a record. Pure; kiosk/journal_file.py keeps it.

A line is the CRC of its JSON and the JSON. A torn end is dropped; of a damaged line in the middle only that line is.
"""

from collections.abc import Iterable
from zlib import crc32

import msgspec
from msgspec import Struct

from moiso.core.day import Moment


class Seen(Struct, frozen=True, kw_only=True, tag="seen"):
    """What the hub said of the business day when this kiosk last heard something new of it.

    log: of which hub. label: of the open day, None while none is. open: whether a press would give a number. at: the
    hub's time, seconds since 1970; synced: whether its clock was set from outside. moment: the kiosk's clocks then.
    """

    log: str
    label: str | None
    open: bool
    training: bool
    at: float
    synced: bool
    moment: Moment


class Leased(Struct, frozen=True, kw_only=True, tag="leased"):
    """Numbers `first`..`last` of a service, out of a block of `size`, for the day `day`.

    day None: for any later day than `after`, until the hub says which is open.
    """

    service: str
    first: int
    last: int
    size: int
    day: str | None = None
    after: str | None = None


class Given(Struct, frozen=True, kw_only=True, tag="given"):
    """A number of a block was given for a press; `day` as in Leased, `token` the secret of its QR code."""

    press: str
    ticket: str
    service: str
    number: int
    token: str
    moment: Moment
    day: str | None = None


class Spoilt(Struct, frozen=True, kw_only=True, tag="spoilt"):
    """Nobody holds the number of this press."""

    press: str


class Told(Struct, frozen=True, kw_only=True, tag="told"):
    """The hub knows all about the number of this press, or will never take it."""

    press: str


Record = Seen | Leased | Given | Spoilt | Told

_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)
_encoder = msgspec.json.Encoder()


def lines(records: Iterable[Record]) -> bytes:
    """The bytes of these records."""
    texts = (_encoder.encode(record) for record in records)
    return b"".join(b"%08x %s\n" % (crc32(text), text) for text in texts)


def read(data: bytes) -> tuple[list[Record], int]:
    """The records in these bytes, and how many pieces between or after them cannot be read."""
    *whole, torn = data.split(b"\n")
    found = [_record(line) for line in whole]
    records = [record for record in found if record is not None]
    return records, len(found) - len(records) + bool(torn)


def _record(line: bytes) -> Record | None:
    check, _, text = line.partition(b" ")
    if check != b"%08x" % crc32(text):
        return None
    try:
        return _decoder.decode(text)
    except msgspec.DecodeError:
        return None
