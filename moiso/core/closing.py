"""Handlers: the business day opened, closed, opened again; and notices. Every number gets an end. Pure."""

from msgspec.structs import replace

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Case, Events, Rejected
from moiso.core.centre import Centre, leftover, unfinished
from moiso.core.tickets import State

#: What may become of people who still wait when a day ends, in the order in which it is offered.
CHOICES = ("overtime", "carry-over", "expire")


def open_day(case: Case, command: ask.OpenDay) -> Events:
    """A day begins; a real one ends the practice, practice may begin while nobody has a number yet."""
    centre = case.centre
    if centre.day is None:
        return [opening(centre, "people", {}, training=command.training)]
    if centre.training == command.training or (command.training and centre.tickets):
        raise Rejected("day-open", day=centre.day)
    return [*closing(centre, "people", "expire"), opening(centre, "people", {}, training=command.training)]


def close_day(case: Case, command: ask.CloseDay) -> Events:
    """The day ends; whoever still waits is never sent away silently."""
    waiting = leftover(case.centre)
    if command.leftover == "overtime" and waiting:
        return [] if case.centre.overtime else [did.DayExtended(waiting=tuple(waiting))]
    if waiting and command.leftover is None and not case.centre.training:
        data: dict[str, object] = {"waiting": waiting, "choices": list(CHOICES)}
        raise Rejected("still-waiting", data, n=len(waiting), tickets=", ".join(waiting[:20]))
    return closing(case.centre, "people", command.leftover or "expire")


def reopen_day(case: Case, _command: ask.ReopenDay) -> Events:
    """The day was closed by mistake."""
    if case.centre.day is not None:
        raise Rejected("day-open", day=case.centre.day)
    if case.centre.last_day is None:
        raise Rejected("day-over", day="-")
    return [did.DayReopened()]


def notice(_case: Case, command: ask.PostNotice) -> Events:
    """What the manager wants the hall to read."""
    return [did.NoticePosted(text=command.text)]


def opening(centre: Centre, reason: str, gaps: dict[str, float], *, training: bool = False) -> did.DayOpened:
    """The event that begins a day: what outlives the last one goes with it.

    A day that gives way to practice before it had a number begins again afterwards, with its name and its leases. A
    block whose kiosk has not heard of the day that ends is as good for this one: the kiosk knows no other.
    """
    again = training and centre.day is not None
    return did.DayOpened(
        reason=reason,
        labels=centre.labels[:-1] if again else centre.labels,
        blocks=(*(centre.blocks if again else _unheard(centre)), *centre.blocks_ahead),
        gaps=gaps,
        training=training,
        carried=_carried(centre),
    )


def _unheard(centre: Centre) -> list[did.Block]:
    """The blocks of kiosks that do not know of the last day, as far as the site still has them."""
    return [replace(block, older=True) for block in centre.unclaimed if block.kiosk in centre.rules.kiosks]


def _carried(centre: Centre) -> tuple[did.Carried, ...]:
    """Who goes first on the next day; practice, or a day on which nobody came, takes nobody's place."""
    if centre.training or not centre.tickets:
        return centre.carried
    carried = sorted((t for t in centre.tickets.values() if t.carried), key=lambda t: t.order)
    return tuple(
        did.Carried(
            day=centre.last_day or "",
            ticket=t.number,
            service=t.service,
            priority=t.priority,
            token_sha256=t.token_sha256,
        )
        for t in carried
    )


def closing(centre: Centre, reason: str, choice: str) -> Events:
    """The events that end the open day: everybody gets an end, then the account stands.

    choice: `expire` or `carry-over`, for whoever waits or is held; nobody is carried out of a day of practice.
    """
    carry = choice == "carry-over" and not centre.training
    events: Events = []
    for ticket in unfinished(centre):
        if ticket.counter is not None:
            events.append(did.ServiceFinished(ticket=ticket.number, counter=ticket.counter, inferred=True))
        else:
            goes_on = carry and ticket.state is not State.ABSENT
            events.append(did.TicketExpired(ticket=ticket.number, was=ticket.state.value, carried=goes_on))
    return [*events, did.DayClosed(reason=reason, account=_final_account(centre, events))]


def _final_account(centre: Centre, endings: Events) -> did.Account:
    """The account as it will be after these endings."""
    now = centre.so_far()
    finished = [event for event in endings if isinstance(event, did.ServiceFinished)]
    gone = [e for e in endings if isinstance(e, did.TicketExpired) and e.was != State.ABSENT]
    unknown = now.outcomes.get("unknown", 0) + len(finished)
    return did.Account(
        issued=now.issued,
        served=now.served + len(finished),
        inferred=now.inferred + len(finished),
        absent=now.absent,
        void=now.void,
        expired=now.expired + len(gone),
        after_hours=now.after_hours,
        leased=now.leased,
        unheard=now.unheard,
        carried=tuple(event.ticket for event in gone if event.carried),
        outcomes={**now.outcomes, **({"unknown": unknown} if unknown else {})},
        by_account=now.by_account,
        training=now.training,
    )
