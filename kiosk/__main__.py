"""The kiosk's shell: buttons, lamps and a printer on one side, MQTT on the other, the machine between them."""

import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from kiosk import heap
from kiosk.clock_part import ClockPart
from kiosk.fake_kiosk import CODES, FakeKiosk
from kiosk.journal_file import JournalFile
from kiosk.machine import Kiosk
from kiosk.panel import Panel
from kiosk.ports import Light, Note, Print, PrintList, Say, Write
from kiosk.press_room import PressRoom
from kiosk.printer import Printer, connect
from kiosk.scanner import Scanner
from kiosk.screen import PageOpened, Screen
from kiosk.sheets import Sheet, SheetPrinted
from kiosk.site_place import place_of
from kiosk.site_printer import dialect_of, settings_of
from kiosk.speaker import Speaker, fake_player, play_aloud
from kiosk.voice import voice_of
from moiso.runtime import logs
from moiso.runtime.clock import Clock
from moiso.runtime.program import Context, context, guarded, new_id
from moiso.runtime.shell import Shell
from moiso.runtime.site import KioskConf, ScannerConf
from moiso.wire.messages import FakePress

if TYPE_CHECKING:
    from kiosk.page.open_page import OpenPage

log = logging.getLogger("kiosk")

_OTHER_WORK = {"--probe": "kiosk.probe", "--self-test": "kiosk.self_test"}
_DESCRIPTION = """\
A kiosk: buttons, lamps, a touch page and a ticket printer. With --self-test it prints a page that names what works;
`moiso kiosk --probe` looks for a printer that site.toml does not name yet."""


class KioskShell:
    """One running kiosk."""

    def __init__(self, ctx: Context) -> None:
        site = ctx.site
        conf = next(kiosk for kiosk in site.kiosks if kiosk.device == ctx.device)
        buttons = conf.button or ()
        self._journal = JournalFile(ctx.state / f"{ctx.device}.journal", self._tell)
        codes = site.site.ticket_url or (CODES if ctx.fake else None)
        machine = Kiosk(place_of(site, conf, codes), new_id, self._journal.read())
        self._shell = Shell(ctx, {ctx.device: machine}, self._perform, self._faked, [ClockPart(Clock())])
        self._panel = Panel(buttons, self._shell.inbox.put, ctx.fake_dir(ctx.device) if ctx.fake else None)
        self._fake = self._switch_on(ctx, conf) if ctx.fake else None
        before = self._fake.printer.expect if self._fake else None
        self._page = self._open_page(ctx, conf) if conf.screen else None
        self._press_room = PressRoom(
            self._open_printer(conf), conf.printer.width, self._shell.inbox.put, before, dialect_of(conf.printer)
        )
        self._scanner = self._find_scanner(codes, conf)
        self._speaker = self._find_speaker(ctx, conf)

    def run(self) -> None:
        """Work until SIGTERM."""
        self._journal.start()
        self._press_room.start()
        if self._scanner is not None:
            self._scanner.start()
        if self._speaker is not None:
            self._speaker.start()
        self._shell.run()
        if self._page is not None:
            self._page.page.close()
        if self._scanner is not None:
            self._scanner.close()
        if self._speaker is not None:
            self._speaker.stop()
        self._panel.close()
        self._press_room.stop()
        self._journal.stop()
        if self._fake is not None:
            self._fake.stop()

    def _tell(self, item: object) -> None:
        self._shell.inbox.put(item)

    def _switch_on(self, ctx: Context, conf: KioskConf) -> FakeKiosk:
        fake = FakeKiosk(ctx.fake_dir(ctx.device), conf.printer.width, self._panel.press)
        fake.start()
        return fake

    def _open_page(self, ctx: Context, conf: KioskConf) -> "OpenPage":
        from kiosk.page.open_page import open_page  # a kiosk without a screen needs none of it

        opened = open_page(ctx, conf, self._tell)
        self._tell(PageOpened(opened.address))
        return opened

    def _print_list(self, sheet: Sheet | SheetPrinted) -> None:
        if isinstance(sheet, Sheet):
            self._press_room.add(sheet)
        else:
            self._tell(sheet)

    def _open_printer(self, conf: KioskConf) -> Printer:
        return connect(settings_of(conf.printer) if self._fake is None else self._fake.printer.settings)

    def _find_scanner(self, ticket_url: str | None, conf: KioskConf) -> Scanner | None:
        """The scanner of site.toml; a fake kiosk always has one."""
        real = conf.scanner
        if self._fake is not None:
            real = ScannerConf(port=str(self._fake.scanner_path))
        return Scanner(real.port, real.baud, ticket_url, self._shell.inbox.put) if real is not None else None

    def _find_speaker(self, ctx: Context, conf: KioskConf) -> Speaker | None:
        """A kiosk with a page says there what it has to say."""
        if conf.screen or not ctx.site.voice.on:
            return None
        play = fake_player(ctx.fake_dir(ctx.device), ctx.site.zone) if ctx.fake else play_aloud
        return Speaker(voice_of(ctx.site.voice.region, ctx.site.voice.clips), play)

    def _perform(self, _device: str, output: object) -> None:
        match output:
            case Print(receipt):
                self._press_room.add(receipt)
            case Write():
                self._journal.add(output)
            case Light(service, state):
                self._panel.show(service, state)
            case Screen() if self._page is not None:
                self._page.page.show(output)
            case PrintList() if self._page is not None:
                self._print_list(self._page.lists.sheet(output))
            case Say(words) if self._speaker is not None:
                self._speaker.say(words.vi)
            case Note(text):
                log.info("%s", text)

    def _faked(self, _device: str, what: FakePress) -> None:
        assert self._fake is not None
        self._fake.do(what)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one kiosk until SIGTERM, or do the other work that an option names."""
    words = list(sys.argv[1:] if argv is None else argv)
    for option, module in _OTHER_WORK.items():
        if option in words:
            return int(import_module(module).main(words))
    return guarded(lambda: _main(words))


def _main(argv: Sequence[str]) -> int:
    ctx = context("kiosk", "kiosk", argv, _DESCRIPTION, "--self-test")
    logs.set_up("kiosk")
    heap.share()
    KioskShell(ctx).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
