"""The shell of `web`: MQTT on one side, the pages' server on the other, the machine between them."""

import logging
import threading
import time
from collections.abc import Sequence

from flask import Flask

from moiso.runtime import logs
from moiso.runtime.latest import Latest
from moiso.runtime.program import Context, context, guarded, new_id
from moiso.runtime.shell import Shell
from moiso.wire.messages import FakePress
from web.accounts import Accounts, open_accounts
from web.app import create_app
from web.asking import Answered
from web.asks import Asks
from web.first_accounts import demo_accounts, first_manager
from web.guard import Guard
from web.machine import Pages, Press, Show, Traced
from web.panel_files import FakeFiles
from web.panel_routes import panel_routes
from web.panel_traces import line_traces
from web.server import STREAMS, listen
from web.site_place import place_of, readers_of
from web.staff import Staff

#: Seconds between two looks at what the fake devices left.
LOOK = 0.25


class Web:
    """The running pages of one site."""

    def __init__(self, ctx: Context) -> None:
        """Raises Unusable when the address is taken or the password is missing."""
        self._place, self._folder = place_of(ctx.site), ctx.state / "fake"
        self._pages = Pages(self._place, readers_of(ctx.site), fake=ctx.fake)
        self._latest = Latest(STREAMS, new_id(), lambda: self._pages.hub_time(time.monotonic()))
        self._shell = Shell(ctx, {ctx.device: self._pages}, self._perform, _nothing_to_press)
        for output in self._pages.handle([], time.monotonic()):
            self._perform(ctx.device, output)
        app, guard = create_app(ctx.site.site.name, self._latest, panel=ctx.fake)
        self._asks = Asks(self._shell.inbox.put)
        pins = self._open_door(ctx, app, guard)
        if ctx.fake:
            panel = panel_routes(self._place, self._latest, guard, self._folder, self._send, pins=pins)
            app.register_blueprint(panel)
        listen(app, ctx.site.web.listen, ctx.web_port)
        if ctx.fake:
            threading.Thread(target=self._look, name="traces", daemon=True).start()

    def run(self) -> None:
        """Work until SIGTERM."""
        self._shell.run()
        self._latest.close()

    def _open_door(self, ctx: Context, app: Flask, guard: Guard) -> dict[str, str]:
        """The pages for those who log in; the PINs that the front panel shows."""
        file = open_accounts(ctx.state)
        accounts = Accounts(file)
        counters = [counter.number for counter in ctx.site.counters]
        pins = demo_accounts(accounts, self._folder / "web", counters) if ctx.fake else {}
        first_manager(accounts, ctx.state)
        # Browsers keep cookies by host, not by port: two centres on one machine need two names.
        staff = Staff(self._place, readers_of(ctx.site), self._latest, self._asks, file)
        staff.move_in(app, guard, f"moiso-{ctx.web_port}")
        return pins

    def _perform(self, _device: str, output: object) -> None:
        if isinstance(output, Show):
            self._latest.put(output.key, output.page)
        elif isinstance(output, Answered):
            self._asks.answered(output)

    def _send(self, press: Press) -> bool:
        self._shell.inbox.put(press)
        return self._pages.linked

    def _look(self) -> None:
        files = {device: FakeFiles(self._folder / device) for device in self._place.faked}
        lines = map(line_traces, self._place.lines)
        files |= {name: FakeFiles(self._folder / name) for name in lines}
        last = None
        while True:
            traces = {device: of.traces() for device, of in files.items()}
            if traces != last:
                self._shell.inbox.put(Traced(traces))
                last = traces
            time.sleep(LOOK)


def _nothing_to_press(_device: str, _what: FakePress) -> None:
    raise ValueError("the pages take link only")


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the pages of one site until SIGTERM."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    ctx = context("web", "web", argv, "The pages: managers' page, figures up to now, and a fake centre's front panel.")
    logs.set_up("web")
    logging.getLogger("waitress").setLevel(logging.ERROR)
    Web(ctx).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
