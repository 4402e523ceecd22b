"""What a kiosk looks at when it tests itself, a finding for each. Every wait is bounded, and nothing raises."""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.book import Book
from kiosk.journal import read
from kiosk.paper import ABLE, PaperStatus
from kiosk.printer import Printer
from kiosk.self_test_page import Finding
from kiosk.speaker import Play, play_aloud
from kiosk.voice import Mute, voice_of
from moiso.devices.gpio import Buttons, Lamp, NoPins, use_real_pins
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.store import FILE
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Link
from moiso.runtime.program import Context, Unusable, new_id
from moiso.runtime.site import KioskConf
from moiso.wire.ports import Arrived, LinkUp

Text = Callable[..., str]

#: Seconds for which the hub's heart is listened for; it beats every two.
LISTEN = 4.0
#: Seconds for which each lamp is shown.
SHOW = 0.5


def check_printer(printer: Printer, text: Text) -> list[Finding]:
    """Whether it answers, and what its sensors say."""
    status = printer.status()
    if status is PaperStatus.OFFLINE:
        return [Finding(text("self_test.printer_missing"), well=False)]
    if status is PaperStatus.UNKNOWN:
        return [Finding(text("self_test.printer_silent"), well=None)]
    return [
        Finding(text("self_test.printer_answers"), well=True),
        Finding(text(f"self_test.paper_{status.value}"), well=status in ABLE),
    ]


def check_buttons(ctx: Context, conf: KioskConf, text: Text) -> list[Finding]:
    """Whether the pins can be used, and no button is stuck."""
    pins = {button.service: button.pin for button in conf.button}
    if not pins:
        return [Finding(text("self_test.buttons_none"), well=None)]
    if ctx.fake:
        return [Finding(text("self_test.buttons_fake"), well=None)]
    try:
        use_real_pins()
        buttons = Buttons(pins, lambda _name, _down, _at: None)
    except NoPins as error:
        return [Finding(text("self_test.buttons_failed", error=error), well=False)]
    down = buttons.down()
    buttons.close()
    if down:
        return [Finding(text("self_test.buttons_stuck", services=", ".join(down)), well=False)]
    return [Finding(text("self_test.buttons_ok", services=", ".join(pins)), well=True)]


def check_lamps(ctx: Context, conf: KioskConf, text: Text) -> list[Finding]:
    """Show each lamp for a moment: only eyes can say whether it shone."""
    pins = {button.service: button.lamp for button in conf.button if button.lamp is not None}
    if not pins or ctx.fake:
        return []
    try:
        use_real_pins()
        for service, pin in pins.items():
            lamp = Lamp(service, pin)
            lamp.show("on")
            time.sleep(SHOW)
            lamp.close()
    except NoPins as error:
        return [Finding(text("self_test.lamps_failed", error=error), well=False)]
    return [Finding(text("self_test.lamps_shown", services=", ".join(pins)), well=None)]


def check_speaker(ctx: Context, conf: KioskConf, text: Text, play: Play = play_aloud) -> list[Finding]:
    """Say a sentence where there is no page: only ears can say whether it was heard."""
    if conf.screen or ctx.fake or not ctx.site.voice.on:
        return []
    words = text("self_test.speaker_says")
    try:
        play(words, voice_of(ctx.site.voice.region, ctx.site.voice.clips).say("vi", "", words))
    except Mute as error:
        return [Finding(text("self_test.speaker_failed", error=error), well=False)]
    return [Finding(text("self_test.speaker_spoke"), well=None)]


def check_journal(ctx: Context, text: Text) -> list[Finding]:
    """Whether what must survive a power cut can be written, and how many numbers are there for when the hub is not."""
    try:
        with tempfile.NamedTemporaryFile(dir=ctx.state) as file:
            file.write(b"moiso\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return [Finding(text("self_test.journal_failed", where=ctx.state, error=error.strerror), well=False)]
    numbers = _numbers_left(ctx.state / f"{ctx.device}.journal")
    return [Finding(text("self_test.journal_ok", n=numbers), well=True if numbers else None)]


def _numbers_left(journal: Path) -> int:
    try:
        records, _ = read(journal.read_bytes())
    except OSError:
        return 0
    return sum(block.last - block.first + 1 for block in Book(records).leases.kept())


def check_hub(ctx: Context, text: Text) -> list[Finding]:
    """Whether the broker lets this kiosk in, and the hub lives."""
    try:
        address = ctx.address(ctx.device)
    except Unusable as error:
        return [Finding(text("self_test.password_missing", error=error), well=False)]
    inbox = Inbox()
    link = Link(address, inbox, subscribe=[ctx.site.topics.beat], client_id=f"self-test-{new_id()}")
    link.start()
    until, connected, beating = time.monotonic() + LISTEN, False, False
    while time.monotonic() < until and not beating:
        for item in inbox.drain(0.1):
            connected |= isinstance(item, LinkUp)
            beating |= isinstance(item, Arrived)
    link.stop()
    key = "hub_ok" if beating else "hub_silent" if connected else "broker_missing"
    return [Finding(text(f"self_test.{key}", host=address.host, port=address.port), well=beating)]


def check_catalogue(ctx: Context, conf: KioskConf, text: Text) -> list[Finding]:
    """Whether the page's finder has something to find."""
    if not conf.screen:
        return []
    about = Catalogue.open(ctx.state / FILE).about()
    if about is None:
        return [Finding(text("self_test.catalogue_missing"), well=False)]
    return [Finding(text("self_test.catalogue_ok", n=about.count), well=True)]


def check_scanner(ctx: Context, conf: KioskConf, text: Text) -> list[Finding]:
    """Whether the scanner's port is there."""
    if conf.scanner is None or ctx.fake:
        return []
    try:
        port = os.open(conf.scanner.port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError as error:
        return [Finding(text("self_test.scanner_failed", port=conf.scanner.port, error=error.strerror), well=False)]
    with suppress(OSError):
        os.close(port)
    return [Finding(text("self_test.scanner_ok"), well=True)]
