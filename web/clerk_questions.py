"""What the clerk's panel asks back: how a turn ended, where a visitor goes, which services. Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from moiso.core.commands import OUTCOMES
from moiso.wire.messages import CounterState
from web import clerk_numbers
from web.question import Choice, Question, Seat, numbered
from web.words import day

#: Working days until a result, as appointment slips give them.
SLIPS = (1, 2, 3, 4, 5, 7, 10, 15, 20)
FRIDAY = 4


def question(what: str, seat: Seat, form: Mapping[str, str]) -> Question:
    """The question of this name; `form`: what is known already. Raises KeyError for a name that is none."""
    return _QUESTIONS[what](seat, form)


def _finish(seat: Seat, _form: Mapping[str, str]) -> Question:
    done = {"command": "finish"}
    unknown = Choice(key="F", text=seat.says("choose_unknown"), fields=done)
    more = Choice(key="M", text=seat.says("choose_more"), fields=done | {"more": "1"})
    outcomes = numbered((_outcome(name, seat), _ending(name)) for name in OUTCOMES)
    return Question(title=seat.says("ask_finish", ticket=seat.ticket), choices=[*outcomes, unknown, more])


def _outcome(name: str, seat: Seat) -> str:
    said = seat.reader.text(f"outcome.{name.replace('-', '_')}")
    return said[:1].upper() + said[1:]


def _ending(outcome: str) -> dict[str, str]:
    """An appointment has a day; everything else ends at once."""
    return {"ask": "slip"} if outcome == "accepted" else {"command": "finish", "outcome": outcome}


def _slip(seat: Seat, _form: Mapping[str, str]) -> Question:
    ending = {"command": "finish", "outcome": "accepted"}
    today = seat.facts.day
    slips = [working_day(today, later) for later in SLIPS] if today else []
    days = numbered((day(slip, seat.reader.text), ending | {"slip_due": slip}) for slip in slips)
    none = Choice(key="0", text=seat.says("choose_no_day"), fields=ending)
    return Question(title=seat.says("ask_slip"), choices=[none, *days])


def working_day(label: str, later: int) -> str:
    """The date so many working days (Monday to Friday) after `label`, both as `2026-11-23`."""
    moment = date.fromisoformat(label)
    for _ in range(later):
        moment += timedelta(days=max(1, 7 - moment.weekday()) if moment.weekday() >= FRIDAY else 1)
    return moment.isoformat()


# -- where a visitor goes -------------------------------------------------------------------------------------


def _transfer(seat: Seat, form: Mapping[str, str]) -> Question:
    number = form.get("to_counter", "")
    target = seat.facts.counters.get(int(number)) if number.isdecimal() else None
    if target is not None:
        return _transfer_to(seat, target)
    choices = [*_other_services(seat), *_other_counters(seat)]
    return Question(title=seat.says("ask_transfer", ticket=seat.ticket), choices=choices)


def _other_services(seat: Seat) -> Iterator[Choice]:
    here = seat.state.service if seat.state else None
    for code, name in seat.reader.names.items():
        if code != here:
            yield Choice(key=code, text=name, fields={"command": "transfer", "service": code})


def _other_counters(seat: Seat) -> Iterator[Choice]:
    for number, state in sorted(seat.facts.counters.items()):
        if number != seat.number and state.services:
            key = str(number) if number <= 9 and str(number) not in seat.reader.names else ""
            shut = "_shut" if state.state == "closed" else ""
            text = seat.says(f"choose_counter{shut}", counter=state.label)
            yield Choice(key=key, text=text, fields={"ask": "transfer", "to_counter": str(number)})


def _transfer_to(seat: Seat, target: CounterState) -> Question:
    send = {"command": "transfer", "to_counter": str(target.counter)}
    choices = [Choice(key=code, text=seat.name(code), fields=send | {"service": code}) for code in target.services]
    return Question(title=seat.says("ask_transfer_to", counter=target.label, ticket=seat.ticket), choices=choices)


# -- services -------------------------------------------------------------------------------------------------


def _system(seat: Seat, _form: Mapping[str, str]) -> Question:
    choices = [_switch(code, seat) for code in seat.reader.names]
    return Question(title=seat.says("ask_system"), choices=choices)


def _switch(code: str, seat: Seat) -> Choice:
    what = "restore" if code in seat.facts.down else "suspend"
    fields = {"command": f"{what}-service", "service": code}
    return Choice(key=code, text=seat.says(f"choose_{what}", service=seat.name(code)), fields=fields)


def _assign(seat: Seat, _form: Mapping[str, str]) -> Question:
    choices = [_take_or_drop(code, seat) for code in seat.reader.names]
    return Question(title=seat.says("ask_assign"), choices=choices)


def _take_or_drop(code: str, seat: Seat) -> Choice:
    what = "drop" if code in seat.services else "take"
    text = seat.says(f"choose_{what}", service=seat.name(code))
    return Choice(key=code, text=text, fields={"command": "assign", what: code})


_QUESTIONS: dict[str, Callable[[Seat, Mapping[str, str]], Question]] = {
    "finish": _finish,
    "slip": _slip,
    "transfer": _transfer,
    "system": _system,
    "assign": _assign,
    "number": clerk_numbers.number,
    "resume": clerk_numbers.resume,
    "priority": clerk_numbers.priority,
}
