"""What a kiosk's visitors see: papers that come out of its fake printer, lamps that say sorry, and its touch page."""

import http.client
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.whole.cuts_judge import Press, Slip, Word
from tests.whole.talk import PATIENCE


@dataclass
class Sights:
    """Everything that was seen at all kiosks, in no order."""

    slips: list[Slip] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def ended(self, press: Press) -> bool:
        """Whether a press was answered to its end: a number in a hand, a ticket that is done, or a sorry."""
        words = [word for word in list(self.words) if word.said in {"sorry", "done"}]
        return any(
            (it.kiosk, it.service) == (press.kiosk, press.service) and it.at >= press.at
            for it in (*list(self.slips), *words)
        )


class Eye:
    """Looks into a fake kiosk's folder: tickets that begin and have come out, lamps that say sorry or have enough."""

    def __init__(self, kiosk: str, folder: Path, sights: Sights) -> None:
        self._kiosk, self._sights = kiosk, sights
        self._tickets, self._lamps, self._begun = folder / "tickets", folder / "lamps.json", folder / "begun.jsonl"
        self._papers: set[tuple[str, int]] = set()
        self._heard = 0
        self._changed: dict[Path, tuple[int, int]] = {}
        self._lit: dict[str, str] = {}

    def look(self) -> None:
        with suppress(FileNotFoundError):
            if self._is_new(self._lamps):
                self._new_lamps()
            if self._is_new(self._begun):
                self._new_jobs()
            if self._is_new(self._tickets):
                self._new_papers()

    def _is_new(self, path: Path) -> bool:
        now = path.stat()
        before, self._changed[path] = self._changed.get(path), (now.st_ino, now.st_mtime_ns)
        return self._changed[path] != before

    def _new_jobs(self) -> None:
        jobs = [json.loads(line) for line in self._begun.read_text(encoding="utf-8").splitlines()]
        self._sights.words += [
            Word(self._kiosk, job["ticket"][0], "printing", job["at"]) for job in jobs[self._heard :]
        ]
        self._heard = len(jobs)

    def _new_papers(self) -> None:
        found = {(path.stem, path.stat().st_mtime_ns) for path in self._tickets.glob("*.escpos")}
        for ticket, moment in found - self._papers:
            self._sights.slips.append(Slip(self._kiosk, ticket, moment / 1e9))
        self._papers |= found

    def _new_lamps(self) -> None:
        before, self._lit = self._lit, json.loads(self._lamps.read_text())
        at = self._changed[self._lamps][1] / 1e9
        for service, state in self._lit.items():
            if state == "flicker" != before.get(service):
                self._sights.words.append(Word(self._kiosk, service, "sorry", at))
            elif state != "blink" == before.get(service):
                self._sights.words.append(Word(self._kiosk, service, "done", at))


class Page:
    """Reads a kiosk's page as its visitor does: says yes to a second number, and goes when everything is said."""

    def __init__(self, kiosk: str, port: int, sights: Sights) -> None:
        self._kiosk, self._port, self._sights = kiosk, port, sights
        self._seen: tuple[str, str] = ("", "")

    def listen(self) -> None:
        """Until the stream ends."""
        with suppress(OSError, http.client.HTTPException):
            stream = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
            stream.request("GET", "/live")
            for line in stream.getresponse():
                if line.startswith(b"data: {"):
                    self._screen(json.loads(line[6:]))

    def _screen(self, screen: Mapping[str, Any]) -> None:
        progress = screen.get("progress")
        if progress and (now := (progress["press"], progress["stage"])) != self._seen:
            self._seen = now
            self._stage(progress, time.time())

    def _stage(self, progress: Mapping[str, Any], at: float) -> None:
        press, stage = progress["press"], progress["stage"]
        if stage == "shown":
            self._sights.slips.append(Slip(self._kiosk, progress["ticket"], at, paper=False))
        elif stage != "asking":
            said = "sorry" if stage == "refused" else stage
            self._sights.words.append(Word(self._kiosk, progress["service"], said, at))
        if stage == "again":
            post(self._port, "/touch", {"press": press, "service": progress["service"], "again": True})
        elif stage in {"shown", "refused"}:
            post(self._port, "/dismiss", {"press": press})


def post(port: int, path: str, said: dict[str, Any]) -> None:
    """Tell the page's server something, from the machine it runs on. Raises OSError when nobody is there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("POST", path, json.dumps(said), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == http.HTTPStatus.ACCEPTED, f"{path}: {answer.status} {answer.read()!r}"
    connection.close()
