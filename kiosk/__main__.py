"""The kiosk's shell: buttons, lamps and a printer on one side, MQTT on the other, the machine between them."""

import logging
from collections.abc import Sequence

from kiosk.fake_printer import FakePrinter
from kiosk.machine import Kiosk
from kiosk.panel import Panel
from kiosk.ports import Light, Note, Print
from kiosk.press_room import PressRoom
from kiosk.printer import Printer, PrinterSettings, connect
from kiosk.screen import Screen
from kiosk.site_place import place_of
from moiso.runtime import logs
from moiso.runtime.program import Context, Unusable, context, guarded, new_id
from moiso.runtime.shell import Shell
from moiso.runtime.site import KioskConf, PrinterConf
from moiso.wire.messages import FakePress

log = logging.getLogger("kiosk")


class KioskShell:
    """One running kiosk."""

    def __init__(self, ctx: Context) -> None:
        site = ctx.site
        conf = next(kiosk for kiosk in site.kiosks if kiosk.device == ctx.device)
        buttons = conf.button or ()
        machine = Kiosk(place_of(site, conf), new_id)
        self._shell = Shell(ctx, {ctx.device: machine}, self._perform, self._faked)
        self._panel = Panel(buttons, self._shell.inbox.put, ctx.fake_dir(ctx.device) if ctx.fake else None)
        self._fake_printer = FakePrinter(ctx.fake_dir(ctx.device), conf.printer.width) if ctx.fake else None
        before = self._fake_printer.expect if self._fake_printer else None
        self._press_room = PressRoom(self._open_printer(conf), conf.printer.width, self._shell.inbox.put, before)

    def run(self) -> None:
        """Work until SIGTERM."""
        self._press_room.start()
        self._shell.run()
        self._panel.close()
        self._press_room.stop()

    def _open_printer(self, conf: KioskConf) -> Printer:
        if self._fake_printer is not None:
            self._fake_printer.start()
            return connect(self._fake_printer.settings)
        return connect(_settings(conf.printer))

    def _perform(self, _device: str, output: object) -> None:
        match output:
            case Print(receipt):
                self._press_room.add(receipt)
            case Light(service, state):
                self._panel.show(service, state)
            case Screen():
                pass  # the page comes with kiosk/page
            case Note(text):
                log.info("%s", text)

    def _faked(self, _device: str, what: FakePress) -> None:
        if what.press is not None:
            self._panel.press(what.press)
        elif what.paper is not None and self._fake_printer is not None:
            self._fake_printer.set_paper(what.paper)
        else:
            raise ValueError("a fake kiosk takes press, paper and link")


def _settings(conf: PrinterConf) -> PrinterSettings:
    if conf.kind == "fake":
        raise Unusable('[kiosk.printer] kind = "fake" is for --fake only: name the real printer in site.toml')
    return PrinterSettings(
        kind=conf.kind,
        address=conf.host,
        port=conf.port,
        device=conf.path,
        baud=conf.baud,
        vendor=conf.vendor,
        product=conf.product,
        width=conf.width,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one kiosk until SIGTERM."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    ctx = context("kiosk", "kiosk", argv, "A kiosk: buttons, lamps and a ticket printer.")
    logs.set_up("kiosk")
    KioskShell(ctx).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
