"""The call units of one machine: buttons, lamps, serial lines on one side, an MQTT connection per unit on the other."""

from collections.abc import Sequence

from counter_terminal.fake_panel import FakePanel
from counter_terminal.lines import Lines
from counter_terminal.machine import CallUnit, Show
from counter_terminal.panel import Panel
from moiso.devices import gpio
from moiso.runtime import logs
from moiso.runtime.program import Context, Unusable, context, guarded, new_id
from moiso.runtime.shell import Shell
from moiso.runtime.site import CounterConf
from moiso.wire.messages import FakePress


class Terminal:
    """All call units that this program drives."""

    def __init__(self, ctx: Context) -> None:
        """Raises Unusable when a pin or a password is missing."""
        counters = [counter for counter in ctx.site.counters if counter.unit in ctx.devices]
        units = {c.unit: CallUnit(ctx.site.topics, c.unit, c.number, new_id) for c in counters}
        self._lines = Lines(ctx.site.lines, counters, ctx.fake_dir if ctx.fake else None)
        self._shell = Shell(ctx, units, self._perform, self._press, self._lines.buses)
        on_pins = [counter for counter in counters if counter.keypad is None]
        if on_pins and not ctx.fake:
            gpio.use_real_pins()
        self._panels = {counter.unit: self._panel(ctx, counter) for counter in on_pins}

    def run(self) -> None:
        """Work until SIGTERM."""
        self._lines.start(self._shell.inbox.put)
        self._shell.run()
        self._lines.close()
        for panel in self._panels.values():
            panel.close()

    def _panel(self, ctx: Context, counter: CounterConf) -> Panel:
        put = self._shell.inbox.put
        if ctx.fake:
            return FakePanel(counter.unit, counter.pins, put, ctx.fake_dir(counter.unit))
        return Panel(counter.unit, counter.pins, put)

    def _perform(self, device: str, output: Show) -> None:
        self._lines.show(device, output)
        if device in self._panels:
            self._panels[device].show(output.lamp)

    def _press(self, device: str, what: FakePress) -> None:
        if what.press is None and what.line is None:
            raise ValueError(f'{device} is a call unit: it takes {{"press": ...}}, {{"line": ...}} and {{"link": ...}}')
        panel = self._panels.get(device)
        if panel is not None and what.press is not None:
            assert isinstance(panel, FakePanel), "only fakes are told what to do"
            panel.press(what.press)
        self._lines.do(device, what)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the call units of one machine until SIGTERM."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    ctx = context("counter", "counter", argv, "Call units: buttons next, recall and no-show, and an honest lamp.")
    logs.set_up("counter")
    try:
        terminal = Terminal(ctx)
    except gpio.NoPins as error:
        raise Unusable(str(error)) from None
    terminal.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
