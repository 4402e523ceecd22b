"""The plain MQTT buttons of a site without any: each says on its topic what such a button would.

It takes `{"press": ...}` on its `fake/` topic: one of its commands (`next`), or one of its payloads as it stands; and
`stuck` (its first payload, fifty times a second for three seconds) and `noise` (what site.toml does not name). A real
button needs no program: nothing of this runs without --fake.
"""

import logging
from collections.abc import Iterator, Sequence

from counter_terminal.button_words import first_word, says
from moiso.runtime import logs, loop, systemd
from moiso.runtime.fake_door import Faked, FakeDoor
from moiso.runtime.inbox import Inbox
from moiso.runtime.program import Context, context, guarded
from moiso.wire.ports import Complaint

log = logging.getLogger("buttons")

#: A stuck button: seconds between two words, and until it is loose again.
STUCK_EVERY, STUCK_FOR = 0.02, 3.0


class FakeButtons:
    """Every plain button of the site, each with its own connection."""

    def __init__(self, ctx: Context) -> None:
        self._topics, self.inbox, self._seldom = ctx.site.topics, Inbox(), logs.Seldom(log)
        self._buttons = {button.device: button for button in ctx.site.buttons}
        self._doors = {device: FakeDoor(ctx.address(device), self._topics, self.inbox) for device in self._buttons}
        self._counts = dict.fromkeys(self._buttons, 0)
        self._loose_at: dict[str, float] = {}

    def run(self) -> None:
        """Work until SIGTERM."""
        for door in self._doors.values():
            door.link.start()
        systemd.notify("READY=1")
        loop.run(self.inbox, self._turn)
        for door in self._doors.values():
            door.link.stop()

    def _turn(self, items: list[object], now: float) -> float | None:
        for item in items:
            if isinstance(item, Complaint):
                self._complain(item.device, item.text, now)
            elif isinstance(item, Faked):
                self._faked(item, now)
        for device in self._stuck(now):
            self._say(device, first_word(self._buttons[device]))
        return now + STUCK_EVERY if self._loose_at else None

    def _stuck(self, now: float) -> Iterator[str]:
        self._loose_at = {device: at for device, at in self._loose_at.items() if now < at}
        yield from self._loose_at

    def _faked(self, item: Faked, now: float) -> None:
        if item.what.press == "stuck":
            self._loose_at[item.device] = now + STUCK_FOR
            return
        try:
            self._say(item.device, item.what.press or "")
        except ValueError as error:
            self._complain(item.device, str(error), now)

    def _say(self, device: str, word: str) -> None:
        message = says(self._topics, self._buttons[device], word, self._counts[device] + 1)
        self._counts[device] += 1
        self._doors[device].link.publish(message)

    def _complain(self, device: str, text: str, now: float) -> None:
        self._seldom.warn(device, now, f"fake/{device}: {text}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the fake plain buttons of a site until SIGTERM."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    ctx = context("buttons", "button", argv, "Plain MQTT buttons without hardware.")
    logs.set_up("buttons")
    FakeButtons(ctx).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
