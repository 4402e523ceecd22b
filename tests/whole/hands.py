"""Three hands on one counter, all at the same instant: two browsers and a serial keypad, and nobody is skipped.

    python -m tests.whole.hands                  500 rounds
    python -m tests.whole.hands --rounds 15
    python -m tests.whole.hands --lead 60        the keypad so many milliseconds earlier, for its key's way on the line

Real broker, hub, pages and call unit; the keypad hangs on a pseudo terminal. In every other round the two panels are
those of two clerks, in two browsers, who both sit at the counter; in the others they are two tabs of one clerk. Ends
with 1 when the log, read by `replay`, shows that somebody was skipped or called twice, or an answer was not true.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import launch
from tests.whole.centre import until
from tests.whole.hands_hall import COUNTER, Desk, desk
from tests.whole.hands_judge import Press, sent_away, skipped, twice, wrong
from tests.whole.hands_page import Hand
from tests.whole.talk import PATIENCE

#: Seconds for everybody to hear of the moment that is agreed on.
AHEAD = 0.15
#: Seconds after which a call unit takes a press for the person whom it shows, and no longer for the last one's tail.
GLANCE = 0.75
#: Seconds after which no press calls anybody any more.
WANTED = 3.0
#: People who wait at any time: whoever calls one too many finds somebody.
WAITING = 4


@dataclass(frozen=True)
class Report:
    """What came of it. moments: of every round, when the fingers came down; told: what the panels said of presses."""

    waiting: list[str]
    calls: list[str]
    presses: list[Press]
    moments: list[list[float]]
    told: Counter[str]

    @property
    def wrong(self) -> list[str]:
        """Every broken promise."""
        return wrong(self.waiting, self.calls, self.presses)

    def line(self) -> str:
        """The figures."""
        rounds, fingers = len(self.moments), sum(map(len, self.moments))
        answers = Counter(press.answer or "unanswered" for press in self.presses)
        first = Counter(press.sender for press in self.presses if press.answer == "ok")
        seen = {(press.round, press.after) for press in self.presses}
        knowing = len(seen) - len({number for number, _ in seen})
        passed_over = skipped(self.waiting, self.calls) + sent_away(self.calls, self.presses)
        gaps = sorted(1000 * (max(moments) - min(moments)) for moments in self.moments)
        return (
            f"{rounds} rounds, {fingers} fingers: {len(self.presses)} presses sent,"
            f" {fingers - len(self.presses)} not (too early for the number just shown);"
            f" answered {answers['ok']} ok, {answers['stale']} stale, {answers['too-old']} too old,"
            f" {answers['unanswered']} unanswered;"
            f" {len(self.calls)} calls (first: {_counts(first)}), {knowing} by presses that knew the new number;"
            f" skipped {len(passed_over)}, twice {len(twice(self.calls))};"
            f" the panels said {_counts(self.told)};"
            f" instants of a round apart p50 {gaps[rounds // 2]:.1f} ms,"
            f" p99 {gaps[rounds * 99 // 100]:.1f} ms, most {gaps[-1]:.1f} ms"
        )


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counter.most_common())


class Campaign:
    """Three panels (two tabs of one clerk, and another clerk in another browser) and the keypad, at one counter."""

    def __init__(self, counter: Desk, hands: tuple[Hand, Hand, Hand], lead: float) -> None:
        """lead: seconds by which the keypad is pressed earlier."""
        self._desk, self._hands, self._lead = counter, hands, lead
        self._waiting: list[str] = []
        self._moments: list[list[float]] = []
        self._told: Counter[str] = Counter()

    def run(self, rounds: int, tell: Callable[[str], None]) -> Report:
        """So many rounds, each with one press of three hands."""
        for _ in range(WAITING):
            self._waiting.append(self._desk.hall.number("A"))
        for number in range(rounds):
            mine, my_tab, hers = self._hands
            self._round((mine, hers if number % 2 else my_tab))
            if (number + 1) % 25 == 0:
                so_far = self._report()
                tell(f"{so_far.line()}; {len(so_far.wrong)} wrong")
        return self._report()

    def _report(self) -> Report:
        return Report(self._waiting, self._desk.calls(), self._desk.presses(), self._moments, self._told)

    def _round(self, panels: tuple[Hand, Hand]) -> None:
        before = self._desk.ticket
        self._waiting.append(self._desk.hall.number("A"))
        self._desk.begin_round()
        at = time.time() + AHEAD
        for panel in panels:
            panel.press_at(at)
        while (left := at - self._lead - time.time()) > 0:
            time.sleep(min(0.001, left))
        self._desk.press()
        moments = [time.time() + self._lead]
        for moment, said in (panel.pressed() for panel in panels):
            moments.append(moment)
            self._told[said] += 1
        self._moments.append(moments)
        self._settle(before)

    def _settle(self, before: str | None) -> None:
        """Wait until everybody sees who came, and may press again; on a busy machine perhaps nobody came."""
        deadline = time.monotonic() + WANTED
        while self._desk.ticket == before and time.monotonic() < deadline:
            time.sleep(0.01)
        until(self._all_see_it, PATIENCE, "not everybody sees who is at the counter")
        time.sleep(GLANCE)  # for the keypad, which does not say when it takes presses again
        until(self._all_see_it, PATIENCE, "not everybody sees who is at the counter")

    def _all_see_it(self) -> bool:
        """Whether keypad and panels show who is at the counter now; a slow press may still call one more."""
        ticket = self._desk.ticket or ""
        seen = self._desk.shows(ticket) and all(hand.sees(ticket) for hand in self._hands)
        return seen and ticket == (self._desk.ticket or "")


@contextmanager
def panels(counter: Desk) -> Iterator[tuple[Hand, Hand, Hand]]:
    """A clerk with two tabs, and another one in another browser."""
    with sync_playwright() as playwright:
        browsers = [launch(playwright) for _ in range(2)]
        pages = [browser.new_context(locale="vi-VN").new_page() for browser in browsers]
        hands = [Hand(page, account) for page, account in zip(pages, ("cb-01", "cb-02"), strict=True)]
        mine, hers = (hand.sit(counter.address, counter.pin(hand.account), COUNTER) for hand in hands)
        yield mine, mine.beside(counter.address), hers
        for browser in browsers:
            browser.close()


def main() -> int:
    """Run the campaign and print its figures; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--lead", type=float, default=0.0, metavar="MILLISECONDS")
    args, began = parser.parse_args(), time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - began:4.0f} s: {text}", flush=True)

    with (
        tempfile.TemporaryDirectory(prefix="moiso-hands-") as folder,
        desk(Path(folder)) as counter,
        panels(counter) as hands,
    ):
        report = Campaign(counter, hands, args.lead / 1000).run(args.rounds, tell)
    print("\n".join([*(f"WRONG: {what}" for what in report.wrong), report.line()]))
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
