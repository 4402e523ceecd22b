"""The call units of one machine: buttons and lamps on one side, one MQTT connection per unit on the other."""

from collections.abc import Sequence

from counter_terminal.fake_panel import FakePanel
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
        self._shell = Shell(ctx, units, self._perform, self._press)
        if not ctx.fake:
            gpio.use_real_pins()
        self._panels = {counter.unit: self._panel(ctx, counter) for counter in counters}

    def run(self) -> None:
        """Work until SIGTERM."""
        self._shell.run()
        for panel in self._panels.values():
            panel.close()

    def _panel(self, ctx: Context, counter: CounterConf) -> Panel:
        put = self._shell.inbox.put
        if ctx.fake:
            return FakePanel(counter.unit, counter.pins, put, ctx.fake_dir(counter.unit))
        return Panel(counter.unit, counter.pins, put)

    def _perform(self, device: str, output: Show) -> None:
        self._panels[device].show(output.lamp)

    def _press(self, device: str, what: FakePress) -> None:
        if what.press is None:
            raise ValueError(f'{device} is a call unit: it takes {{"press": ...}} and {{"link": ...}} only')
        panel = self._panels[device]
        assert isinstance(panel, FakePanel), "only fakes are told what to do"
        panel.press(what.press)


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
