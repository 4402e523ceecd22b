"""What the fake devices left under `<state>/fake/<device>/`: read anew only when it changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from web.panel_traces import NOTHING_SPOKEN, Spoken, Traces

_TAIL = 4096


class FakeFiles:
    """The folder of one fake device or line; whatever is missing or broken reads as nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[int, Any]] = {}

    def traces(self) -> Traces:
        """What is there now."""
        ticket, printed = self._when_changed("tickets", _newest_ticket, ("", 0))
        return Traces(
            lamps=self._when_changed("lamps.json", _words, {}),
            ticket=ticket,
            printed=printed,
            screen=_version(self._folder / "screen.png"),
            spoken=self._when_changed("spoken.jsonl", _last_spoken, NOTHING_SPOKEN),
            sound=_size(self._folder / "spoken.wav"),
            sign=self._when_changed("sign.json", _words, {}).get("text", ""),
            done=self._when_changed("line.json", _words, {}) | self._when_changed("done.json", _words, {}),
            code=self._when_changed(f"tickets/{ticket}.qr", _text, "") if ticket else "",
        )

    def _when_changed(self, name: str, read: Callable[[Path], Any], nothing: Any) -> Any:
        path = self._folder / name
        version = _version(path)
        if self._known.get(name, (None, nothing))[0] != version:
            try:
                self._known[name] = version, read(path)
            except (OSError, msgspec.DecodeError, UnicodeDecodeError):
                return nothing
        return self._known[name][1]


def _version(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _newest_ticket(folder: Path) -> tuple[str, int]:
    newest = max(folder.glob("*.png"), key=_version, default=None)
    return (newest.stem, _version(newest)) if newest else ("", 0)


def _words(path: Path) -> dict[str, str]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _last_spoken(path: Path) -> Spoken:
    with path.open("rb") as file:
        file.seek(max(0, _size(path) - _TAIL))
        lines = file.read().splitlines()
    return msgspec.json.decode(lines[-1], type=Spoken) if lines else NOTHING_SPOKEN
