"""Plain buttons that contradict themselves, each other or the site: each mistake one sentence."""

from pathlib import Path

import pytest

from tests.moiso.runtime.site_text import TWO, errors, site

SINGLE = 'payloads = { single = "next" }'


def button(device: str, counter: int, *lines: str) -> str:
    return f'[[button]]\ndevice = "{device}"\ncounter = {counter}\n' + "".join(f"{line}\n" for line in lines)


def topic(name: str) -> str:
    return f'topic = "{name}"'


ONE_MISTAKE = {
    "an unknown counter": (button("nut-9", 9), "button nut-9: counter 9 is no counter; known: 1, 2"),
    "a name that is no word": (button("Nút 1", 1), "button[1].device: Expected a word of a-z, 0-9 and -"),
    "a name twice": (button("nut-1", 1) + button("nut-1", 2), "device 'nut-1': is used twice"),
    "a call unit's name": (button("counter-2", 1), "device 'counter-2': is used twice"),
    "a gateway named like a button": (
        button("nut-1", 1) + button("nut-2", 2, topic("z/2"), SINGLE, 'gateway = "nut-1"'),
        "button: the gateway 'nut-1' has the name of a device",
    ),
    "a gateway named like a program": (
        button("nut-1", 1, topic("z/1"), SINGLE, 'gateway = "hub"'),
        "button: the gateway 'hub' has the name of a device",
    ),
    "one topic for two": (
        button("nut-1", 1, topic("z/1"), SINGLE) + button("nut-2", 2, topic("z/1"), SINGLE),
        "button nut-2: has the topic of nut-1 (z/1); give each its own topic, field or where",
    ),
    "a wildcard": (button("nut-1", 1, topic("zigbee2mqtt/+"), SINGLE), "button[1].topic: Expected one MQTT topic such"),
    "a topic of the contract": (
        button("nut-1", 1, topic("moiso/1/an-binh/cmd/web/close-day"), SINGLE),
        "button nut-1: the topic moiso/1/an-binh/cmd/web/close-day belongs to the contract",
    ),
    "a topic of the broker": (button("nut-1", 1, topic("$SYS/broker"), SINGLE), "button[1].topic: Expected one MQTT"),
    "an unknown command": (
        button("nut-1", 1, topic("z/1"), 'payloads = { single = "close-day" }'),
        "button[1].payloads: Invalid enum value 'close-day', known here: next, recall, no-show, start, finish,",
    ),
    "no payloads": (button("nut-1", 1, topic("z/1")), "button nut-1: has a topic but no payloads; say what each means"),
    "payloads without a topic": (button("nut-1", 1, SINGLE), "button nut-1: has payloads but no topic; name the topic"),
    "a count without a field": (
        button("nut-1", 1, topic("z/1"), SINGLE, 'count_field = "n"'),
        "button nut-1: has count_field but no field; say where",
    ),
    "a way with a gap": (
        button("nut-1", 1, topic("z/1"), SINGLE, 'field = "params..event"'),
        "button[1].field: Expected the way to a field such as action",
    ),
    "a key that does not exist": (
        button("nut-1", 1, topic("z/1"), SINGLE, 'feild = "action"'),
        "button[1].feild: is not known; did you mean 'field'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_one_mistake_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    [error] = errors(tmp_path, TWO + text)
    assert error.startswith(sentence), error


def test_one_topic_may_tell_two_buttons_apart(tmp_path: Path) -> None:
    by_field = button("nut-1", 1, topic("t"), SINGLE, 'field = "Button1.Action"') + button(
        "nut-2", 2, topic("t"), SINGLE, 'field = "Button2.Action"'
    )
    by_where = button("nut-3", 1, topic("s"), SINGLE, 'field = "e"', 'where = { n = "0" }') + button(
        "nut-4", 2, topic("s"), SINGLE, 'field = "e"', 'where = { n = "1" }'
    )
    assert len(site(tmp_path, TWO + by_field + by_where).buttons) == 4


def test_who_has_a_password_and_which_topics(tmp_path: Path) -> None:
    text = (
        button("nut-1", 1)
        + button("nut-2", 1, topic("z/2"), SINGLE, 'gateway = "zigbee"')
        + button("nut-3", 2, topic("z/3"), SINGLE, 'gateway = "zigbee"')
    )
    centre = site(tmp_path, TWO + text)
    assert centre.button_topics() == {
        "nut-1": (),
        "nut-2": ("z/2",),
        "nut-3": ("z/3",),
        "zigbee": ("z/2", "z/3"),
    }
    assert {name for name, role in centre.broker_users().items() if role == "button"} == {
        "nut-1", "nut-2", "nut-3", "zigbee",
    }  # fmt: skip
    assert "nut-1" not in centre.devices(), "it has no status: nobody waits for one"
