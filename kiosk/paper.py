"""What a printer's answers mean, pure: the bytes of DLE EOT and GS r, and the state of the paper they add up to."""

import re
from enum import StrEnum

ASK_ONLINE = b"\x10\x04\x01"
ASK_CAUSE = b"\x10\x04\x02"
ASK_CUTTER = b"\x10\x04\x03"
ASK_PAPER = b"\x10\x04\x04"
ASK_MODEL = b"\x1dIC"
ASK_IN_ORDER = b"\x1dr\x01"  # answered only when everything sent before has been carried out
FORGET_JOB = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # at once, even when the printer has stopped


class PaperStatus(StrEnum):
    """What a printer says about itself; `unknown` when it says nothing."""

    OK = "ok"
    NEAR = "near"
    OUT = "out"
    COVER = "cover"
    CUTTER = "cutter"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


ABLE = frozenset({PaperStatus.OK, PaperStatus.NEAR})
STOPPED = frozenset({PaperStatus.OUT, PaperStatus.COVER, PaperStatus.CUTTER, PaperStatus.OFFLINE})

_REPORT = re.escape(bytes(byte for byte in range(256) if byte & 0x93 == 0x10))
_REST = re.escape(bytes(byte for byte in range(256) if byte & 0x90 == 0))
_NOBODY_ASKED = re.compile(b"[%b](?:[%b]{3}|[%b]{0,2}$)|[\x11\x13]" % (_REPORT, _REST, _REST))


def is_at_once(answer: int) -> bool:
    """Whether this byte can be an answer to a DLE EOT question (two bits are always set, three never)."""
    return answer & 0x93 == 0x12


def is_in_order(answer: int) -> bool:
    """Whether this byte can be an answer to GS r."""
    return answer & 0x90 == 0


def is_forgotten(answer: int) -> bool:
    """Whether this byte begins the answer to FORGET_JOB."""
    return answer == 0x37


def asked_for(data: bytes) -> bytes:
    """What came, without what printers send by themselves: flow control, and reports of four bytes, whole or begun."""
    return _NOBODY_ASKED.sub(b"", data)


def name_in(data: bytes) -> str:
    """The name in the answer to ASK_MODEL, empty when it is none."""
    found = re.search(rb"_([ -~]{1,80})\0", data)
    return found[1].decode("ascii").strip() if found else ""


def has_error(cause: int) -> bool:
    """Whether the answer to DLE EOT 2 tells of an error that DLE EOT 3 can name."""
    return bool(cause & 0x40)


def has_stopped(cause: int) -> bool:
    """Whether the answer to DLE EOT 2 tells of a reason not to print on."""
    return bool(cause & 0x64)


def paper_status(online: int, cause: int, paper: int, error: int = 0) -> PaperStatus:
    """The state told by the answers to DLE EOT 1, 2 and 4, and to 3 where there is an error.

    An open cover comes first: with the cover up the paper sensors mean nothing.
    """
    if cause & 0x04:
        return PaperStatus.COVER
    if paper & 0x60 or cause & 0x20:
        return PaperStatus.OUT
    if error & 0x08:
        return PaperStatus.CUTTER
    if online & 0x08:
        return PaperStatus.OFFLINE
    return PaperStatus.NEAR if paper & 0x0C else PaperStatus.OK
