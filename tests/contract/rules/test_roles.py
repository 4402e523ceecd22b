"""Who may do what, cell by cell: every command in every role, at a site with greeters and at one without."""

from typing import NamedTuple

import pytest

from tests.contract.rules.sites import site, zone_where_it_is
from tests.whole.hall import Person, refused

#: The table of docs/rules.md, written down once more: K kiosk, G greeter, C clerk, M manager, R reader;
#: a small c: a clerk where there is no greeter.
TABLE = {
    "issue": "KGc",
    "printed": "K",
    "print-failed": "K",
    "reprint": "KGCM",
    "lease": "K",
    "issued-offline": "KGCM",
    "void": "KGcM",
    "served-offline": "GCM",
    "return": "KGC",
    "grant-priority": "GCM",
    "next": "C",
    "call": "C",
    "recall": "C",
    "start": "C",
    "finish": "C",
    "no-show": "C",
    "hold": "C",
    "resume": "C",
    "transfer": "C",
    "undo": "GCM",
    "assign": "CM",
    "open": "C",
    "pause": "C",
    "close": "C",
    "suspend-service": "GCM",
    "restore-service": "GCM",
    "notice": "M",
    "open-day": "M",
    "close-day": "M",
    "reopen-day": "M",
    "replay": "KGCMR",
}
#: What each command needs to be understood; where it would be obeyed it does no harm, or is refused for another reason.
ARGUMENTS = {
    "issue": {"service": "A"},
    "printed": {"ticket": "A499"},
    "print-failed": {"ticket": "A499", "reason": "out"},
    "reprint": {"ticket": "A499"},
    "lease": {"service": "A"},
    "issued-offline": {"ticket": "A750", "service": "A", "seconds_ago": 3},
    "void": {"ticket": "A499", "reason": "left"},
    "served-offline": {"ticket": "A750"},
    "return": {"ticket": "A499"},
    "grant-priority": {"ticket": "A499", "class": "elderly"},
    "call": {"ticket": "A499"},
    "resume": {"ticket": "A499"},
    "transfer": {"service": "B"},
    "undo": {"of": "no-such-press"},
    "assign": {"services": ["A", "B"]},
    "suspend-service": {"service": "M"},
    "restore-service": {"service": "M"},
    "notice": {"text": ""},
    "replay": {"from_seq": 10**9},
}
SITES = {True: "with greeters", False: "without greeters"}


class Role(NamedTuple):
    """One column of the table, and somebody who speaks in it."""

    letter: str
    name: str

    def speaker(self, hall):
        """Whoever has this role in a hall."""
        web = hall.device("web")
        people = {
            "kiosk": hall.kiosk,
            "greeter": hall.greeter,
            "clerk": hall.clerk(1),
            "call unit": hall.unit(1),
            "manager": Person(web, "manager", "ql-01", counter=1),
            "reader": web,
            "display": hall.device("display-1"),
            "figures": hall.device("stats"),
            "self-made king": Person(web, "king", "x", counter=1),
            "a page that claims to be a kiosk": Person(web, "kiosk", "x"),
        }
        return people[self.name]

    def may(self, command, *, greeter):
        """Whether the table has a tick there."""
        cell = TABLE[command]
        return self.letter in cell or (self.letter == "C" and "c" in cell and not greeter)


ROLES = [
    Role("K", "kiosk"),
    Role("G", "greeter"),
    Role("C", "clerk"),
    Role("C", "call unit"),
    Role("M", "manager"),
    Role("R", "reader"),
    Role("R", "display"),
    Role("R", "figures"),
    Role("R", "self-made king"),
    Role("R", "a page that claims to be a kiosk"),
]
#: Without greeters only the clerks' columns are others.
CELLS = [
    (greeter, role, command)
    for greeter in SITES
    for role in ROLES
    for command in TABLE
    if greeter or role.letter == "C"
]


@pytest.fixture(scope="module")
def replies(make_hall):
    """Every cell asked once, the forbidden ones first: cell -> reply; and that those changed nothing."""
    found = {}
    for greeter in SITES:
        hall = make_hall(site(zone=zone_where_it_is(10), greeter=greeter))
        hall.number("C")  # whoever waits keeps a manager from closing the day by mistake
        found |= _asked(hall, greeter, allowed=False)
        found |= _asked(hall, greeter, allowed=True)
    return found


def _asked(hall, greeter, *, allowed):
    cells = [(g, r, c) for g, r, c in CELLS if g is greeter and r.may(c, greeter=greeter) is allowed]
    before, log = hall.states(), hall.log()
    replies = {(g, r, c): r.speaker(hall).asks(c, **ARGUMENTS.get(c, {})) for g, r, c in cells}
    if not allowed:
        assert hall.log() == log
        assert hall.states() == before
    return replies


@pytest.mark.parametrize(("greeter", "role", "command"), CELLS, ids=[f"{SITES[g]}-{r.name}-{c}" for g, r, c in CELLS])
def test_cell(replies, greeter, role, command):
    reply = replies[greeter, role, command]
    if role.may(command, greeter=greeter):
        assert reply.body["reason"] not in {"not-allowed", "bad-message", "unknown-command"}, reply.payload
    else:
        assert command in refused(reply, "not-allowed")


def test_the_table_leaves_no_command_out(hall):
    """The hub names all it knows when it is asked for one it does not know."""
    said = hall.kiosk.asks("dance").body["message"]["en"]
    assert set(said.partition("There are: ")[2].rstrip(".").split(", ")) == set(TABLE)
