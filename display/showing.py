"""The board's lines as the wall shows them. Pure translation."""

from datetime import datetime, tzinfo
from math import inf

from display.lunch import last_expected
from display.view import Call, Lunch, Service
from moiso.wire import messages as wire
from moiso.wire.stamp import seconds


def call_line(call: wire.Call, hub_time: float | None, *, unspoken: bool) -> Call:
    """One call; its age is infinite while nobody knows the hub's time."""
    return Call(
        ticket=call.ticket,
        counter=call.label,
        age=inf if hub_time is None else max(0.0, hub_time - seconds(call.at)),
        priority=call.priority,
        recall=call.recall > 0,
        unspoken=unspoken,
    )


def service_line(line: wire.ServiceLine) -> Service:
    """One service."""
    return Service(
        code=line.code,
        name=line.name,
        waiting=line.waiting,
        promise=(line.promise.low, line.promise.high) if line.promise else None,
        counters_open=line.counters_open,
        suspended=line.state == "suspended",
        alarm=line.alarm,
        left=line.left,
        last_before_lunch=last_expected(line),
    )


def lunch_hours(lunch: wire.Lunch | None, zone: tzinfo | None) -> Lunch | None:
    """The break in local time.

    Raises ValueError when its moments are none.
    """
    if lunch is None:
        return None
    begins, ends = (datetime.fromtimestamp(seconds(moment), zone) for moment in (lunch.begins, lunch.ends))
    return Lunch(begins, ends)
