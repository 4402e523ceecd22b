"""The queue once more, as a clerk with a paper list would keep it: slow, literal, wrong in other ways than the code.

Written from the rulebook alone; it shares with the core the words (commands, roles, rules, hours) and nothing that
decides. The simulator and the random days of the tests compare the two at every press.
"""

from collections.abc import Callable, Collection
from typing import Any

from msgspec import UNSET

from centre.simulate.plain_compare import differences
from centre.simulate.plain_looks import Looks
from centre.simulate.plain_sheet import No
from moiso.core.centre import Centre
from moiso.core.commands import AT_COUNTER, COMMANDS, Command
from moiso.core.roles import Role, Sender, may

NAMES = {kind: name for name, kind in COMMANDS.items()}
#: What may be asked while no day is open.
AT_ANY_TIME = frozenset({"lease", "notice", "open-day", "reopen-day"})
RANGES = frozenset({"issued-offline", "served-offline", "void"})


class Plain(Looks):
    """The whole rulebook: `ask`, `elapse`, `day_opened`, `day_closed_by_rule`, `clock_set`, `account`."""

    def ask(self, command: Command, by: Sender, now: float, trusted: bool = True) -> str | None:
        """Do what is asked; None, or the reason code, and then nothing has changed.

        `open-day` is only judged: the caller tells the new day's name with `day_opened`.
        """
        self.now, self.trusted, self.by = now, trusted, by
        name = NAMES[type(command)]
        self.start_press()
        self.staffed_before = dict(self.staffed)
        self.note_staff()
        try:
            self._obey(name, command)
        except No as no:
            assert not self.before, f"{name} was refused and has changed something"
            assert not self.new, f"{name} was refused and has entered somebody"
            return str(no)
        self.end_press()
        self._remember(name)
        return None

    def differences(self, centre: Centre, full: bool = True, touched: Collection[str] = ()) -> list[str]:
        """Where the real state is another one, a sentence each; persons only of `touched` unless `full`."""
        return differences(self, centre, full=full, touched=touched)

    def _obey(self, name: str, command: Command) -> None:
        if not may(self.by.role, name, greeter=self.rules.greeter):
            raise No("not-allowed")
        if name not in AT_ANY_TIME:
            self.open_or_no()
        if name in AT_COUNTER and name != "undo":
            self._at_desk(name, command)
        else:
            self._in_the_hall()[name](command)

    def _at_desk(self, name: str, command: Command) -> None:
        desk = self.desk_or_no(self.by.counter)
        self.same_view_or_no(desk["desk"], getattr(command, "after", UNSET))
        getattr(self, name.replace("-", "_"))(desk["desk"], command)

    def _in_the_hall(self) -> dict[str, Callable[[Any], None]]:
        return {
            "issue": self.issue, "lease": self.lease, "printed": self.printer_says, "print-failed": self.printer_says,
            "reprint": self.reprint, "issued-offline": self.offline, "served-offline": self.served_offline,
            "void": self.void, "return": self.come_back, "grant-priority": self.grant, "undo": self.undo,
            "suspend-service": self.suspend, "restore-service": self.restore, "notice": self.post,
            "open-day": self.may_open_day, "close-day": self.close_day, "reopen-day": self.reopen_day,
        }  # fmt: skip

    def _remember(self, name: str) -> None:
        """Keep the press for an undo; a press that changed nothing takes no other one's place."""
        if not self.before and not self.new:
            return
        if name in AT_COUNTER and name != "undo" and self.by.counter is not None:
            self.deeds[self.by.counter] = self.this_deed()
        elif name in RANGES and self.by.role is not Role.KIOSK:
            self.range_deed = self.this_deed()
