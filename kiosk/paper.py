"""What a printer's answers mean, pure: the bytes of DLE EOT and GS r, and the state of the paper they add up to."""

from enum import StrEnum

ASK_ONLINE = b"\x10\x04\x01"
ASK_CAUSE = b"\x10\x04\x02"
ASK_PAPER = b"\x10\x04\x04"
ASK_IN_ORDER = b"\x1dr\x01"  # answered only when everything sent before has been carried out
FORGET_JOB = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # at once, even when the printer has stopped


class PaperStatus(StrEnum):
    """What a printer says about itself; `unknown` when it says nothing."""

    OK = "ok"
    NEAR = "near"
    OUT = "out"
    COVER = "cover"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


ABLE = frozenset({PaperStatus.OK, PaperStatus.NEAR})
STOPPED = frozenset({PaperStatus.OUT, PaperStatus.COVER, PaperStatus.OFFLINE})


def is_at_once(answer: int) -> bool:
    """Whether this byte can be an answer to a DLE EOT question (two bits are always set, three never)."""
    return answer & 0x93 == 0x12


def is_in_order(answer: int) -> bool:
    """Whether this byte can be an answer to GS r."""
    return answer & 0x90 == 0


def is_forgotten(answer: int) -> bool:
    """Whether this byte begins the answer to FORGET_JOB."""
    return answer == 0x37


def paper_status(online: int | None, cause: int | None, paper: int | None) -> PaperStatus:
    """The state told by the answers to DLE EOT 1, 2 and 4; None is an answer that did not come.

    An open cover comes first: with the cover up the paper sensors mean nothing.
    """
    if online is None or cause is None or paper is None:
        return PaperStatus.UNKNOWN
    if cause & 0x04:
        return PaperStatus.COVER
    if paper & 0x60 or cause & 0x20:
        return PaperStatus.OUT
    if online & 0x08:
        return PaperStatus.OFFLINE
    return PaperStatus.NEAR if paper & 0x0C else PaperStatus.OK
