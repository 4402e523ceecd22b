"""The wall behind a link that is cut and mended while calls go on: nobody's call is lost without a mark."""

from hypothesis import given, settings
from hypothesis import strategies as st

from moiso.wire.ports import LinkUp
from tests.display.hall import Hall, cut, running

STEP = st.sampled_from(["call", "call", "call", "cut", "mend", "double", "second", "half minute"])


class Day:
    """A hub that calls one number after the other, and a link to the wall."""

    def __init__(self) -> None:
        self.hall, self.linked = running(), True
        self.calls: list[tuple[str, int, float]] = []

    @property
    def tickets(self) -> list[str]:
        return [ticket for ticket, _, _ in self.calls]

    def board(self):
        hall = self.hall
        calls = [hall.call(ticket, seq, ago=hall.hub - at) for ticket, seq, at in reversed(self.calls)]
        return hall.board(*calls, seq=10 + len(self.calls))

    def step(self, what: str) -> None:
        match what:
            case "call":
                self.calls.append((f"A{len(self.calls) + 1:03}", 11 + len(self.calls), self.hall.hub))
                self.tell()
            case "double" if self.calls:
                self.tell()
            case "cut" if self.linked:
                self.linked = False
                cut(self.hall, 0)
            case "mend":
                self.linked = True
                self.hall.turn(LinkUp(), self.board())
            case "second" | "half minute":
                self.hall.wait(1 if what == "second" else 30, beating=self.linked)

    def tell(self) -> None:
        ticket, seq, at = self.calls[-1]
        if self.linked:
            self.hall.turn(self.hall.called(ticket, seq, ago=self.hall.hub - at), self.board())


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, max_size=25))
def test_every_call_is_spoken_once_in_order_or_visibly_not(steps):
    day = Day()
    for what in steps:
        day.step(what)
    day.step("mend")
    day.hall.wait(200)
    said, unspoken = day.hall.said, day.hall.unspoken()
    assert said == [ticket for ticket in day.tickets if ticket not in unspoken]
    assert set(said) | unspoken == set(day.tickets)


@given(st.lists(st.integers(min_value=0, max_value=3), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_calls_that_overtake_each_other_are_all_spoken(counters, random):
    hall = Hall()
    hall.turn(LinkUp(), hall.board(seq=10), hall.beat(10))
    calls = [hall.called(f"A00{n}", 11 + n, counter) for n, counter in enumerate(counters)]
    random.shuffle(calls)
    for call in calls:
        hall.turn(call)
    hall.reading = 1.0
    hall.wait(30)
    assert sorted(hall.said) == [f"A00{n}" for n in range(len(counters))]
