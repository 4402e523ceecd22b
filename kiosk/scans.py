"""What somebody holds before the scanner: our ticket, a procedure's code, or what concerns nobody. Pure.

Identity and insurance cards, other addresses and noise all become the same word without a value: what a line said is
gone as soon as it is told apart, and nobody beyond this file ever has it.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

#: Bytes of the longest line that can be one of ours; of a longer one nothing is kept but that it came.
LONGEST = 512
#: Seconds for which a code that is still held there is the same scan.
HELD = 3.0

Kind = Literal["ticket", "procedure", "other"]

#: A procedure's code, and what provinces add to it: 1.001193.H19, 1.001612.000.00.00.H01.
_CODE = rb"(?P<code>[0-9]\.[0-9]{6})"
_CODE_ALONE = re.compile(_CODE + rb"(\.[0-9A-Za-z]{2,3}){0,4}")
#: The end of our own checklists' codes: a name, then the code in brackets.
_CODE_LAST = re.compile(rb".*\(" + _CODE + rb"\)", re.DOTALL)
_CODE_WITHIN = re.compile(rb"(?<![0-9A-Za-z.])" + _CODE + rb"(?![0-9A-Za-z])")
_STATE_PORTAL = re.compile(rb"https?://([a-z0-9-]+\.)+gov\.vn(:[0-9]+)?[/?][!-~]*", re.IGNORECASE)
_TOKEN = rb"/(?P<token>[0-9a-f]{16,64})"


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code was held before the scanner.

    value: the token of a `ticket`, the code of a `procedure` as 1.001193, of anything else nothing.
    """

    kind: Kind
    value: str = ""


@dataclass(frozen=True, slots=True)
class ScannerFound:
    """Whether the scanner is there, said at the start and at every change."""

    works: bool


class Scans:
    """Makes scans of the bytes of one scanner; `ticket_url`: what our tickets' codes begin with, None without codes.

    Holds no more than LONGEST bytes, and none once a line is whole.
    """

    def __init__(self, ticket_url: str | None) -> None:
        self._ticket = _starting(ticket_url.rstrip("/"), _TOKEN) if ticket_url else None
        self._own_page = _starting(_origin(ticket_url), rb"/[!-~]*") if ticket_url else None
        self._line, self._too_long = bytearray(), False
        self._last: Scanned | None = None
        self._last_at = 0.0

    def feed(self, data: bytes, now: float) -> list[Scanned]:
        """The scans that are whole with these bytes, at the monotonic time `now`."""
        *ended, begun = re.split(rb"[\r\n]", data)
        found = []
        for part in ended:
            self._add(part)
            found += self.silence(now)
        self._add(begun)
        return found

    def silence(self, now: float) -> list[Scanned]:
        """Nothing has come for a while: what is there is a whole line, of a scanner that ends it with nothing."""
        line, too_long = bytes(self._line).strip(b" \t\0\x02\x03"), self._too_long
        self.forget()
        return self._new(self._read(line), now) if line or too_long else []

    def forget(self) -> None:
        """The scanner is gone: a half line is none."""
        self._line.clear()
        self._too_long = False

    def _add(self, part: bytes) -> None:
        if len(self._line) + len(part) > LONGEST:
            self.forget()
            self._too_long = True
        elif not self._too_long:
            self._line += part

    def _new(self, scan: Scanned, now: float) -> list[Scanned]:
        held = scan == self._last and now - self._last_at < HELD
        self._last, self._last_at = scan, now
        return [] if held else [scan]

    def _read(self, line: bytes) -> Scanned:
        if self._ticket and (ours := self._ticket.fullmatch(line)):
            return Scanned("ticket", ours["token"].decode())
        codes = self._procedures(line)
        return Scanned("procedure", codes.pop().decode()) if len(codes) == 1 else Scanned("other")

    def _procedures(self, line: bytes) -> set[bytes]:
        """The procedures that the line names: a code alone or at its end, or in an address of the state or our own."""
        if alone := _CODE_ALONE.fullmatch(line) or _CODE_LAST.fullmatch(line):
            return {alone["code"]}
        if _STATE_PORTAL.fullmatch(line) or (self._own_page and self._own_page.fullmatch(line)):
            return {code["code"] for code in _CODE_WITHIN.finditer(line)}
        return set()


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _starting(text: str, rest: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(text.encode()) + rest)
