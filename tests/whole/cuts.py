"""Kiosks whose link is cut and mended at random moments while people press: the real programs, hub, broker and printer.

    python -m tests.whole.cuts                            50 cuts, 4 people a minute at each kiosk; one of 3 minutes
    python -m tests.whole.cuts --cuts 5 --long 30         the last cut takes half an hour
    python -m tests.whole.cuts --short --cuts 3 --long 0  half a minute, with more people

Two kiosks stand at the far end of a cable between two network namespaces, one beside the hub. Meanwhile the hub is
killed, a kiosk loses its power, printers break their line in the middle of a ticket, and a clerk calls somebody now and
then. Where nobody may make namespaces, and with --relay, the cable is a TCP door on loopback that stands still; the
first line says which.
Ends with 1 when a promise was broken (tests/whole/cuts_judge.py has them).
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from random import Random

from tests.faults.crowd import Work
from tests.whole.centre import free_port
from tests.whole.cuts_judge import Press, Seen, of_slips
from tests.whole.cuts_net import Network, network
from tests.whole.cuts_people import FULL, SHORT, Pace, Visitors
from tests.whole.cuts_report import Report
from tests.whole.cuts_sights import Sights
from tests.whole.cuts_world import Kiosk, world
from tests.whole.hall import Hall

#: Seconds within which a press is answered, printing left out.
ANSWER_WITHIN = 1.5
#: Seconds in which everything that was given off line is heard of once the link stands.
HEARD_WITHIN = 60.0
#: Seconds for which the clerk waits: a hub that is dead answers nobody.
CLERK_WAITS = 8.0


class Campaign:
    """Visitors, a clerk, and a link that comes and goes."""

    def __init__(self, hall: Hall, net: Network, kiosks: list[Kiosk], pace: Pace, seed: int) -> None:
        self._hall, self._net, self._kiosks, self._pace, self._chance = hall, net, kiosks, pace, Random(seed)
        self._sights, self._presses = Sights(), list[Press]()
        self._happened, self._down = Counter[str](), list[float]()

    def run(self, cuts: int, long: float, within: float, tell: Callable[[str], None]) -> Report:
        """So many cuts, then one of `long` seconds; `tell` hears now and then how it goes."""
        self._late = max(0.0, within - ANSWER_WITHIN)
        work = self._everybody(2 * within)
        for number in range(cuts):
            self._mishap()
            if number % 5 == 4:
                tell(f"{number + 1} cuts, {len(self._presses)} presses, {len(self._sights.slips)} slips")
        if long:
            tell(f"now a cut of {long:.0f} s")
            self._cut_for(long)
        work.end()
        self._until_heard()
        while self._next():
            pass
        complaints = [complaint for kiosk in self._kiosks for complaint in kiosk.complaints]
        return Report(self._seen(), within, self._happened, self._down, complaints)

    def _everybody(self, patience: float) -> Work:
        work = Work()
        for kiosk in self._kiosks:
            kiosk.watch(self._sights)
            chance, ended = Random(self._chance.random()), self._sights.ended
            people = Visitors(kiosk, chance, self._pace, self._presses, self._happened, ended, patience)
            work.begin(lambda people=people: people.come(work.enough.wait))
        clerk = Random(self._chance.random())
        work.begin(lambda: self._call_one(clerk, work.enough.wait))
        return work

    def _mishap(self) -> None:
        """One cut; perhaps a printer, the hub or a kiosk goes too."""
        self._wait_for_it()
        if self._chance.random() < 0.4:
            self._chance.choice(self._kiosks).does(printer="drop")
            self._happened["lines broken in a ticket"] += 1
        dead = self._chance.random() < 0.3
        if dead:
            self._hall.kill()
            self._happened["hub killed"] += 1
        self._cut_for(self._chance.uniform(*self._chance.choice(self._pace.down)))
        if dead:
            self._hall.start()

    def _wait_for_it(self) -> None:
        """A random moment, or (half of the time) one just after a press."""
        until, before = time.monotonic() + self._chance.uniform(*self._pace.pause), len(self._presses)
        at_a_press = self._chance.random() < 0.5
        while time.monotonic() < until:
            time.sleep(0.01)
        while at_a_press and len(self._presses) == before:
            time.sleep(0.001)
        if at_a_press:
            time.sleep(self._chance.uniform(0.0, self._chance.choice([0.01, 0.1, 1.0])))

    def _cut_for(self, length: float) -> None:
        began = time.monotonic()
        self._net.cable.cut(far=self._chance.random() < 0.5)
        if self._chance.random() < 0.2:
            self._chance.choice(self._kiosks).power_cut(self._chance.uniform(0.0, 1.0))
            self._happened["kiosks without power"] += 1
        time.sleep(max(0.0, began + length - time.monotonic()))
        self._net.cable.mend()
        self._down.append(time.monotonic() - began)

    def _call_one(self, chance: Random, enough: Callable[[float], bool]) -> None:
        """The clerk calls whoever is next; while the hub is dead nobody answers."""
        if not enough(chance.uniform(*self._pace.calls)):
            unit, press = self._hall.unit(1), f"clerk-{time.monotonic_ns()}"
            with suppress(AssertionError):
                unit.says(f"cmd/{unit.name}/next", {"id": press})
                unit.replies.hears(f"reply/{unit.name}", within=CLERK_WAITS, re=press)

    def _next(self) -> str | None:
        ticket: str | None = self._hall.unit(1).asks("next").data.get("ticket")
        return ticket

    def _until_heard(self) -> None:
        """Until the log has every number that is in a hand, or a kiosk has had all the time it may take."""
        deadline = time.monotonic() + HEARD_WITHIN
        while any(of_slips(self._seen())) and time.monotonic() < deadline:
            time.sleep(1.0)

    def _seen(self) -> Seen:
        sights, dark = self._sights, [dark for kiosk in self._kiosks for dark in kiosk.dark]
        return Seen(list(self._presses), list(sights.slips), list(sights.words), self._hall.log(), dark, self._late)


def main() -> int:
    """Run the campaign and print its figures; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=50)
    parser.add_argument("--long", type=float, default=3.0, metavar="MINUTES", help="the last cut (default 3; 0: none)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="everything at a quicker pace")
    parser.add_argument("--within", type=float, default=ANSWER_WITHIN, metavar="SECONDS", help="for a press's answer")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave all files there, and seen.json")
    parser.add_argument("--relay", action="store_true", help="no namespaces: a relay on loopback")
    args, began, port = parser.parse_args(), time.monotonic(), free_port()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - began:4.0f} s: {text}", flush=True)

    with _folder(args.keep) as folder, network(port, relay=args.relay) as net:
        tell(f"the kiosks' link is {net.words}")
        with world(folder, net, port) as (hall, kiosks):
            tell("all kiosks are ready")
            campaign = Campaign(hall, net, kiosks, SHORT if args.short else FULL, args.seed)
            report = campaign.run(args.cuts, 60 * args.long, args.within, tell)
    if args.keep:
        (args.keep / "seen.json").write_text(json.dumps(asdict(report.seen), indent=1), encoding="utf-8")
    print("\n".join(report.lines()))
    return 1 if report.wrong else 0


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Where everything is written."""
    if kept is not None:
        kept.mkdir(parents=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="moiso-cuts-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main())
