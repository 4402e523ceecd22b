"""What a manager can do with counters and who sits at them, and what it would bring about now. Pure."""

from collections.abc import Iterator, Sequence

from web.hall import Hall
from web.person import Account
from web.place import Reader
from web.sheet import Option, Sheet, named, waiting


def which_counter(hall: Hall, reader: Reader, title: str) -> Sheet:
    """First: which one."""
    return Sheet(
        title=reader.text(f"manage.{title}"),
        button=reader.text("manage.look"),
        name="counter",
        options=[
            Option(value=str(number), text=state.label, effect=_serves(state.services, state.on_duty, reader))
            for number, state in hall.counters.items()
        ],
        off="" if hall.counters else reader.text("manage.no_counters"),
    )


def which_services(hall: Hall, reader: Reader, number: int) -> Sheet:
    """Then: what the counter shall serve; the page after it is told what it served `before`."""
    state, before = hall.counters[number], hall.counters[number].services
    return Sheet(
        title=reader.text("manage.assign_title", counter=state.label),
        button=reader.text("manage.look"),
        effects=[reader.text("manage.assign_some")],
        fields={"counter": [str(number)], "before": before},
        name="services",
        many=True,
        options=[
            Option(value=code, text=named(code, reader), effect=waiting(hall.waits(code), reader), on=code in before)
            for code in reader.names
        ],
    )


def assign(hall: Hall, reader: Reader, number: int, take: Sequence[str], drop: Sequence[str]) -> Sheet:
    """The counter serves these as well, and those no more; the rest stays as the hub has it, whoever changed it."""
    text, state = reader.text, hall.counters[number]
    take = [code for code in take if code not in state.services]
    drop = [code for code in drop if code in state.services]
    return Sheet(
        title=text("manage.assign_title", counter=state.label),
        button=text("manage.assign_do", counter=state.label),
        effects=[*_more(hall, reader, take), *_less(hall, reader, number, drop)],
        command="assign",
        fields={"counter": [str(number)], "take": take, "drop": drop},
        off="" if take or drop else text("manage.assign_same"),
    )


def which_clerk(hall: Hall, reader: Reader, number: int, clerks: Sequence[Account]) -> Sheet:
    """Then: who shall sit there."""
    state = hall.counters[number]
    return Sheet(
        title=reader.text("manage.swap_title", counter=state.label),
        button=reader.text("manage.look"),
        fields={"counter": [str(number)]},
        name="who",
        options=[Option(value=each.id, text=each.name, effect=_sits(each.id, hall, reader)) for each in clerks],
        off="" if clerks else reader.text("manage.no_clerks"),
    )


def swap(hall: Hall, reader: Reader, number: int, who: Account) -> Sheet:
    """Somebody else sits at the counter until the half-day ends.

    The services are left out: they stay as the hub has them, also when they were changed since this page was made.
    """
    text, state = reader.text, hall.counters[number]
    before = text("manage.swap_before", who=state.on_duty) if state.on_duty else ""
    return Sheet(
        title=text("manage.swap_title", counter=state.label),
        button=text("manage.swap_do", who=who.name, counter=state.label),
        effects=[
            text("manage.swap_is", who=who.name, counter=state.label) + before,
            text("manage.waits_there", n=state.waiting),
        ],
        command="assign",
        fields={"counter": [str(number)], "who": [who.id]},
    )


def _more(hall: Hall, reader: Reader, take: Sequence[str]) -> Iterator[str]:
    for code in take:
        yield reader.text("manage.assign_more", service=named(code, reader), n=hall.waits(code))


def _less(hall: Hall, reader: Reader, number: int, drop: Sequence[str]) -> Iterator[str]:
    """What is taken away, and who is left without a counter."""
    for code in drop:
        others = [each for each in hall.serving(code) if each != number]
        key = "manage.assign_less" if others else "manage.assign_nobody"
        yield reader.text(key, service=named(code, reader), n=hall.waits(code), counters=len(others))


def _serves(services: Sequence[str], on_duty: str | None, reader: Reader) -> str:
    return ", ".join(services) + (f" · {reader.text('web.on_duty', name=on_duty)}" if on_duty else "")


def _sits(who: str, hall: Hall, reader: Reader) -> str:
    at = next((state.label for state in hall.counters.values() if state.on_duty == who), None)
    return reader.text("manage.sits_at", counter=at) if at else who
