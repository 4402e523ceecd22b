"""What contradicts itself in the plain MQTT buttons of a site.toml. Pure.

site_checks says how a check gets its tables.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from moiso.runtime.site_tables import CounterConf, DisplayConf, KioskConf, PlainButtonConf
from moiso.wire.topics import ROOT

Buttons = Sequence[PlainButtonConf]
Counters = Sequence[CounterConf]

#: What only a button with a topic of its own has.
_OWN_TOPIC = ("payloads", "field", "where", "count_field", "gateway")


def button_counters(buttons: Buttons, counters: Counters) -> list[str]:
    """A button is for a counter that there is."""
    known = ", ".join(str(counter.number) for counter in counters)
    numbers = {counter.number for counter in counters}
    return [
        f"button {button.device}: counter {button.counter} is no counter; known: {known}"
        for button in buttons
        if button.counter not in numbers
    ]


def button_names(
    buttons: Buttons, kiosks: Sequence[KioskConf], counters: Counters, displays: Sequence[DisplayConf]
) -> list[str]:
    """No button has the name of another device, and no gateway that of any."""
    others = {
        "hub", "stats", "web",
        *(kiosk.device for kiosk in kiosks),
        *(counter.unit for counter in counters),
        *(display.device for display in displays),
    }  # fmt: skip
    names = [button.device for button in buttons]
    twice = sorted({name for name in names if name in others or names.count(name) > 1})
    gateways = sorted({button.gateway for button in buttons if button.gateway in {*others, *names}} - {None})
    return [
        *(f"device {name!r}: is used twice" for name in twice),
        *(f"button: the gateway {name!r} has the name of a device; give it a user name of its own"
          for name in gateways),
    ]  # fmt: skip


def button_topics(buttons: Buttons) -> list[str]:
    """A button's topic is outside the contract, and what it says there means something."""
    return [f"button {button.device}: {error}" for button in buttons for error in _topic_errors(button)]


def _topic_errors(button: PlainButtonConf) -> Iterator[str]:
    if button.topic is None:
        for key in _OWN_TOPIC:
            if getattr(button, key):
                yield f"has {key} but no topic; name the topic, or let it say button/{button.device}/next"
        return
    if button.topic.startswith(f"{ROOT}/"):
        yield f"the topic {button.topic} belongs to the contract; leave it out, or use another"
    if not button.payloads:
        yield 'has a topic but no payloads; say what each means, such as payloads = { single = "next" }'
    for key in ("where", "count_field"):
        if getattr(button, key) and button.field is None:
            yield f'has {key} but no field; say where its JSON tells what was pressed, such as field = "action"'


def same_topics(buttons: Buttons) -> list[str]:
    """Two buttons are told apart by their topic, or by what they say there."""
    return [
        f"button {other.device}: has the topic of {one.device} ({one.topic}); give each its own topic, field or where"
        for one, other in combinations(buttons, 2)
        if one.topic is not None and (one.topic, one.field, one.where) == (other.topic, other.field, other.where)
    ]


BUTTON_CHECKS = (button_counters, button_names, button_topics, same_topics)
