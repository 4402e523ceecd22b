"""What hands do to a fake kiosk: press its buttons, hold codes before its scanner, and give its printer trouble.

`<state>/fake/<device>/done.json` holds `{"paper": "ok", "cover": "closed", "speed": "fast", "printer": "well",
"scanner": "plug"}`, the last that was done to each; `scanner` beside it is the scanner's device file.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.fake_printer import FakePrinter
from kiosk.fake_scanner import FakeScanner
from moiso.wire.messages import FakePress

#: What tickets' codes begin with where site.toml names no page for phones: none opens it, the fake scanner reads it.
CODES = "http://so-thu-tu.example/t"
#: Bytes of a ticket after which the printer's line breaks when somebody asks for that.
MIDWAY = 2000
#: How fast paper comes out of a usual printer, in mm/s.
USUAL = 150.0


class FakeKiosk:
    """The printer and the scanner of a kiosk of software, writing below `folder`; `press`: presses a button."""

    def __init__(self, folder: Path, width: int, press: Callable[[str], None]) -> None:
        self._file, self._press = folder / "done.json", press
        self.printer = FakePrinter(folder, width)
        self.scanner_path = folder / "scanner"
        self._scanner = FakeScanner(self.scanner_path)
        self._done = {"paper": "ok", "cover": "closed", "speed": "fast", "printer": "well", "scanner": "plug"}

    def start(self) -> None:
        """Switch everything on. Raises OSError when the folder cannot be written."""
        self.printer.start()
        self._scanner.start()
        self._note()

    def stop(self) -> None:
        """Switch everything off."""
        self._scanner.stop()
        self.printer.stop()

    def do(self, what: FakePress) -> None:
        """Do this. Raises ValueError when a kiosk has no such thing."""
        if what.press is not None:
            self._press(what.press)
        elif what.scan is not None:
            self._scanner.scan(what.scan)
        elif what.printer == "drop":
            self.printer.drop_after(MIDWAY)
        else:
            self._change(what)

    def _change(self, what: FakePress) -> None:
        asked = {key: value for key in self._done if (value := getattr(what, key)) is not None}
        if not asked:
            raise ValueError("a fake kiosk takes press, scan, paper, cover, speed, printer, scanner and link")
        self._done |= asked
        self.printer.speed = USUAL if self._done["speed"] == "usual" else None
        self.printer.set_paper(self._state())
        self._scanner.plug(plugged=self._done["scanner"] == "plug")
        self._note()

    def _state(self) -> Any:
        """The one state that the printer is in."""
        done = self._done
        if done["printer"] != "well":
            return done["printer"]
        return "cover" if done["cover"] == "open" else done["paper"]

    def _note(self) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(self._done) + "\n", encoding="utf-8")
        fresh.replace(self._file)
