"""What the panel asks back before a press is complete: one sentence, a few answers, a key for each. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from moiso.wire.messages import CounterState, DayState
from web.place import Reader
from web.view import View


class Choice(Struct, frozen=True, kw_only=True):
    """One answer; `key`: the key that gives it, empty without one; `fields`: what it sends."""

    key: str
    text: str
    fields: dict[str, str]


class Question(Struct, frozen=True, kw_only=True):
    """A question with its answers; `entry`: the hint beside a field to type into, empty without one.

    typed: what stands in that field.
    """

    title: str
    choices: Sequence[Choice] = ()
    entry: str = ""
    typed: str = ""


class Facts(Struct, frozen=True, kw_only=True):
    """What questions are made of: the counters by number, the services that are down, the date of the business day.

    day: `2026-11-23`; of a day of practice the date on which something last happened in it.
    """

    counters: dict[int, CounterState]
    down: list[str]
    day: str | None


def facts_of(view: View) -> Facts:
    """The facts as the view stands."""
    lines = view.board.services if view.board else []
    return Facts(
        counters=dict(view.counters),
        down=[line.code for line in lines if line.state == "suspended"],
        day=_date(view.day) if view.day else None,
    )


def _date(day: DayState) -> str | None:
    return day.at[:10] if day.training else day.label


@dataclass(frozen=True, slots=True)
class Seat:
    """The clerk of counter `number`, and what is known at the moment of asking."""

    facts: Facts
    number: int
    reader: Reader

    @property
    def state(self) -> CounterState | None:
        """The counter; None while nothing is known of it."""
        return self.facts.counters.get(self.number)

    @property
    def ticket(self) -> str:
        """Who is at the counter; nothing for nobody."""
        return (self.state.ticket if self.state else None) or ""

    @property
    def known(self) -> set[str]:
        """The numbers that wait for this counter or are held for it, as far as they are named."""
        state = self.state
        return {*state.held, *(waiter.ticket for waiter in state.line)} if state else set()

    @property
    def services(self) -> list[str]:
        """What the counter serves."""
        return self.state.services if self.state else []

    def says(self, key: str, **params: object) -> str:
        """A text of the panel in the clerk's language."""
        return self.reader.text(f"clerk.{key}", **params)

    def name(self, code: str) -> str:
        """The service's name."""
        return self.reader.names.get(code, code)


def numbered(answers: Iterable[tuple[str, Mapping[str, str]]]) -> list[Choice]:
    """Answers (text, fields) under the keys 1 to 9; those behind have none."""
    keyed = enumerate(answers, 1)
    return [Choice(key=str(n) if n <= 9 else "", text=text, fields=dict(fields)) for n, (text, fields) in keyed]
