"""One deliberate fault in each rule. The simulator has to find every one of them.

A fault replaces one piece of the code by another; the piece stands exactly once in its file.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    """A rule of docs/rules.md, the file, and what stands there wrongly instead."""

    rule: str
    path: str
    right: str
    wrong: str


FAULTS = {
    "priority-ratio": Fault(
        "two ordinary calls between two priority ones",
        "moiso/core/policy.py",
        "counter.normal_calls >= centre.rules.priority_ratio",
        "counter.normal_calls > centre.rules.priority_ratio",
    ),
    "maximum-wait": Fault(
        "whoever has waited past the maximum goes first",
        "moiso/core/policy.py",
        "> centre.rules.max_wait:",
        "> 1.2 * centre.rules.max_wait:",
    ),
    "preference": Fault(
        "a counter may prefer its first service",
        "moiso/core/policy.py",
        'desk.order == "preference"',
        'desk.order == "none"',
    ),
    "sent-to-one-counter": Fault(
        "who was sent to one counter is called there only",
        "moiso/core/centre.py",
        "        if ticket.for_counter in {None, counter.number}:\n",
        "        if True:\n",
    ),
    "hold-keeps-the-place": Fault(
        "a held visitor keeps the place",
        "moiso/core/evolve.py",
        'suspended=event.reason == "suspended"))',
        'suspended=event.reason == "suspended", order=(centre.at, centre.seq, 0)))',
    ),
    "transfer-keeps-the-place": Fault(
        "a transfer keeps the time of the first number",
        "moiso/core/evolve.py",
        'if event.reason == "more-dossiers":',
        "if event.reason:",
    ),
    "return-behind-two": Fault(
        "who returns in time goes behind the next two",
        "moiso/core/issuing.py",
        "[: rules.return_behind]",
        "[: rules.return_behind + 1]",
    ),
    "grace": Fault(
        "after the grace time a new number is needed",
        "moiso/core/issuing.py",
        "> rules.grace:",
        "> 2 * rules.grace:",
    ),
    "inference": Fault(
        "who was called and gone within 45 s was absent",
        "moiso/core/desk.py",
        "< case.centre.rules.inferred_service:",
        "< case.centre.rules.inferred_service / 3:",
    ),
    "three-calls": Fault(
        "after three calls, 25 s apart, a number is absent",
        "moiso/core/due.py",
        "ticket.recalls < calls - 1",
        "ticket.recalls < calls - 2",
    ),
    "undo-in-time": Fault(
        "a counter's last command can be taken back for 10 s",
        "moiso/core/decide.py",
        "> case.centre.rules.undo_within:",
        "> 3 * case.centre.rules.undo_within:",
    ),
    "undo-untouched": Fault(
        "nothing is taken back that something later has touched",
        "moiso/core/undo.py",
        "alone = named.isdisjoint(deed.tickets) and named",
        "alone = named",
    ),
    "undo-exactly": Fault(
        "after an undo both people stand exactly where they stood",
        "moiso/core/undo.py",
        "replace(desk, active=centre.at, idle=False)",
        "replace(desk, active=centre.at, idle=False, normal_calls=0)",
    ),
    "never-spoken": Fault(
        "a call taken back before it was spoken is never spoken",
        "display/announcer.py",
        "unsaid = self._voice.withdraw(undo.undone)",
        "unsaid = self._voice.withdraw(())",
    ),
    "reason-out-of-turn": Fault(
        "a call out of turn needs a reason",
        "moiso/core/desk.py",
        "    if command.reason is None:\n",
        "    if command.reason is None and not ticket.order:\n",
    ),
    "counted-out-of-turn": Fault(
        "calls out of turn are counted per account",
        "moiso/core/evolve.py",
        'if event.policy == "out-of-order":',
        'if event.policy == "by-number":',
    ),
    "silent-counter": Fault(
        "a silent open counter is idle after ten minutes",
        "moiso/core/due.py",
        ">= centre.rules.idle_after:",
        ">= 6 * centre.rules.idle_after:",
    ),
    "unstaffed": Fault(
        "people without a counter alarm after five minutes",
        "moiso/core/due.py",
        ">= centre.rules.unstaffed_after:",
        ">= 3 * centre.rules.unstaffed_after:",
    ),
    "roster": Fault(
        "the roster gives a counter its services at each half-day",
        "moiso/core/due.py",
        "(d.counter, d.weekday, d.half) == (number, weekday, half)",
        "(d.counter, d.half) == (number, half)",
    ),
    "issue-window": Fault(
        "a kiosk gives numbers in the hours only",
        "moiso/core/issuing.py",
        "(late and by.role is Role.KIOSK)",
        "(late and by.role is Role.READER)",
    ),
    "quota": Fault(
        "the day's quota is the end",
        "moiso/core/issuing.py",
        "centre.left(service.code) == 0",
        "centre.left(service.code) == -1",
    ),
    "after-lunch": Fault(
        "who misses the first half hour after lunch keeps the place",
        "moiso/core/desk.py",
        "AFTER_LUNCH = 1800.0",
        "AFTER_LUNCH = 0.0",
    ),
    "behind-the-others": Fault(
        "at the cap a number goes behind those who wait",
        "moiso/core/evolve.py",
        "order=(centre.at, centre.seq, 0), turns=ticket.turns + 1)",
        "turns=ticket.turns + 1)",
    ),
    "second-turn": Fault(
        "priority does not bring a second turn forward",
        "moiso/core/centre.py",
        "return self.priority and not self.turns",
        "return self.priority",
    ),
    "suspended-line": Fault(
        "nobody of a suspended service is called",
        "moiso/core/policy.py",
        "    if code in centre.suspended:\n",
        "    if code in centre.alarms:\n",
    ),
    "restored": Fault(
        "who was held by an outage waits again when it ends",
        "moiso/core/outage.py",
        "return [did.ServiceRestored(service=service), *back]",
        "return [did.ServiceRestored(service=service), *back[1:]]",
    ),
    "paper-place": Fault(
        "numbers given on paper take their place",
        "moiso/core/outage.py",
        "    if first is None:\n        return 0.0\n",
        "    if first is None or first:\n        return 0.0\n",
    ),
    "served-offline": Fault(
        "who was served while nothing worked is not called again",
        "moiso/core/outage.py",
        "        if ticket is None or ticket.undone or ticket.state in _AWAY:\n",
        "        if ticket is None or ticket.undone or ticket.state is State.ABSENT:\n",
    ),
    "carried-over": Fault(
        "who is carried over goes first on the next day",
        "moiso/core/evolve.py",
        "centre.opened_at - BEFORE_EVERYBODY + rank",
        "centre.at + rank",
    ),
    "nobody-silently": Fault(
        "no day is closed silently while somebody waits",
        "moiso/core/closing.py",
        "if waiting and command.leftover is None",
        "if len(waiting) > 3 and command.leftover is None",
    ),
    "reopened": Fault(
        "a day opened again goes on as it was",
        "moiso/core/evolve.py",
        "        if ticket.state is State.EXPIRED and ticket.was is not None:\n",
        "        if ticket.state is State.EXPIRED and ticket.was is State.WAITING:\n",
    ),
    "balance": Fault(
        "a closed day balances",
        "moiso/core/closing.py",
        "served=now.served + len(finished)",
        "served=now.served",
    ),
    "practice": Fault(
        "practice has its own numbers",
        "moiso/core/centre.py",
        "Numbering(base=TRAINING if training else 0)",
        "Numbering(base=0)",
    ),
    "no-number-twice": Fault(
        "no number is given twice in a day",
        "moiso/core/numbering.py",
        "self.online[service] = max(value, self.last(service))",
        "self.online[service] = value",
    ),
    "one-press-one-answer": Fault(
        "a press that comes twice calls one person",
        "hub/ledger.py",
        "return self._answers.get((device, command, press))",
        "return None",
    ),
    "meant-for-somebody": Fault(
        "a press that was meant for somebody else sends nobody away",
        "moiso/core/desk.py",
        "if command.after is not UNSET and command.after != counter.ticket:",
        "if command.after is not UNSET and command.after is None and counter.ticket:",
    ),
    "bounce": Fault(
        "a plain button's repeats within two seconds are one press",
        "hub/plain_buttons.py",
        "if now - at < self._pause else 0",
        "if now - at < 0.0 else 0",
    ),
    "spoken-once": Fault(
        "every call is spoken once",
        "display/news.py",
        "if seq <= self._since or seq in self._told:",
        "if seq <= self._since:",
    ),
    "phantom-replaced": Fault(
        "the number of a lost reply gives its place to the one on paper",
        "moiso/core/outage.py",
        "*_take_over(phantom, issued)]",
        "*_take_over(None, issued)]",
    ),
    "block-used-once": Fault(
        "a number of a block is given once",
        "kiosk/leases.py",
        "block.next = given.number + 1",
        "block.next = given.number",
    ),
    "past-day": Fault(
        "no kiosk gives a number of a day that is over",
        "kiosk/which_day.py",
        "calendar.date_of(seen.at) < calendar.date_of(wall)",
        "seen is None",
    ),
    "no-clock": Fault(
        "a kiosk that cannot know the day gives no number",
        "kiosk/which_day.py",
        "return None if wall is None else calendar",
        "return False if wall is None else calendar",
    ),
    "filed-under-its-day": Fault(
        "no number is filed under another day",
        "moiso/core/outage.py",
        "    if command.day is None and not _surely_today(",
        "    if command.day and not _surely_today(",
    ),
    "age-of-a-press": Fault(
        "a number given without the hub counts from its press",
        "kiosk/reports.py",
        '"seconds_ago": round(min(age, OLDEST), 3)',
        '"seconds_ago": round(min(age, 60.0), 3)',
    ),
    "answered-in-time": Fault(
        "a press is answered within 1.5 s",
        "kiosk/press.py",
        "HUB_TIME, PATIENCE = 0.8, 1.3",
        "HUB_TIME, PATIENCE = 0.8, 2.3",
    ),
    "torn-journal": Fault(
        "a record torn by a power cut spoils no other one",
        "kiosk/journal.py",
        "len(found) - len(records) + bool(torn)",
        "len(found) - len(records)",
    ),
    "nobody-has-it": Fault(
        "a number whose paper was refused is void",
        "kiosk/reports.py",
        "given.press in self._book.spoilt:",
        "given.press in ():",
    ),
    "order-without-a-clock": Fault(
        "who pressed first at a kiosk stands first, whatever became of its clock",
        "kiosk/reports.py",
        "age = max(least, now.mono - began if known is None else known)",
        "age = now.mono - began if known is None else known",
    ),
    "own-code": Fault(
        "the code on the own paper brings somebody back",
        "kiosk/scanning.py",
        "token=scan.value)",
        "token=scan.value[1:])",
    ),
    "phantom-at-a-counter": Fault(
        "the number of a lost reply gives its place at a counter to the one on paper",
        "moiso/core/outage.py",
        "    if phantom is None or phantom.state in FINAL:\n",
        "    if phantom is None or phantom.state in FINAL or phantom.counter is not None:\n",
    ),
}
