import queue
import threading
from collections.abc import Callable, Iterator

import pytest
from gpiozero import LED, BadPinFactory, Device

from moiso.devices.debounce import Debouncer
from moiso.devices.fake_gpio import FakePins
from moiso.devices.gpio import Buttons, Lamp, NoPins, use_real_pins
from tests.conftest import PATIENCE

PINS = {"A": 17, "B": 27}
Heard = queue.Queue[tuple[str, bool, float]]


@pytest.fixture(autouse=True)
def _factory() -> Iterator[None]:
    before = Device.pin_factory
    yield
    Device.pin_factory = before


def heard_of(presses: int, inbox: Heard, press: Callable[[], None]) -> list[tuple[str, bool, float]]:
    """Every edge of so many presses, each to its very end."""
    before = set(threading.enumerate())
    for _ in range(presses):
        press()
    for finger in set(threading.enumerate()) - before:
        finger.join(PATIENCE)
    return [inbox.get_nowait() for _ in range(inbox.qsize())]


def test_a_fake_press_chatters_and_is_one_press():
    inbox: Heard = queue.Queue()
    pins = FakePins(PINS)
    buttons = Buttons(PINS, lambda *edge: inbox.put(edge))

    edges = heard_of(1, inbox, lambda: pins.press("B"))
    buttons.close()

    debouncer = Debouncer()
    assert {name for name, _, _ in edges} == {"B"}
    assert len(edges) > 2
    assert edges[-1][1] is False
    assert sum(debouncer.edge(down, at) for _, down, at in edges) == 1


def test_a_fake_pin_remembers_no_more_after_years():
    pins = FakePins(PINS)
    lamp = Lamp("A", 22)
    for _ in range(50):
        lamp.show("on")
        lamp.show("off")
    assert not pins.is_lit(22)
    assert Device.pin_factory is not None
    assert len(Device.pin_factory.pin(22).states) == 1
    lamp.close()


def test_presses_at_once_wait_for_each_other():
    inbox: Heard = queue.Queue()
    pins = FakePins(PINS)
    buttons = Buttons(PINS, lambda *edge: inbox.put(edge))

    edges = heard_of(3, inbox, lambda: pins.press("A"))
    buttons.close()

    debouncer = Debouncer()
    assert sum(debouncer.edge(down, at) for _, down, at in edges) == 3


def test_a_lamp_is_lit_dark_or_blinking():
    pins = FakePins(PINS)
    lamp = Lamp("A", 22)
    seen = []
    for state in ("on", "blink", "off"):
        lamp.show(state)
        seen.append((lamp.state, pins.is_lit(22) if state != "blink" else None))
    lamp.close()

    assert seen == [("on", True), ("blink", None), ("off", False)]


def test_a_lamp_that_dips_is_lit_most_of_the_time(monkeypatch: pytest.MonkeyPatch):
    seconds: dict[str, float] = {}
    monkeypatch.setattr(LED, "blink", lambda _led, **times: seconds.update(times))
    FakePins(PINS)
    lamp = Lamp("A", 22)
    lamp.show("dip")
    lamp.close()
    assert 0.1 < seconds["off_time"] < seconds["on_time"] / 5


def test_without_pins_there_is_one_plain_sentence(monkeypatch: pytest.MonkeyPatch):
    def none_found() -> None:
        raise BadPinFactory("Unable to load any default pin factory!")

    Device.pin_factory = None
    monkeypatch.setattr(Device, "_default_pin_factory", staticmethod(none_found))

    with pytest.raises(NoPins, match="--fake"):
        use_real_pins()
    assert Device.pin_factory is None


def test_fake_pins_are_never_taken_for_real_ones():
    FakePins(PINS)

    with pytest.raises(NoPins, match="GPIOZERO_PIN_FACTORY"):
        use_real_pins()


@pytest.mark.parametrize(
    ("pins", "names"),
    [({"A": 99}, "Button A: pin GPIO99"), ({"A": 17, "B": 17}, "Button B: pin GPIO17")],
)
def test_a_wrong_pin_is_named(pins: dict[str, int], names: str):
    FakePins(pins)

    with pytest.raises(NoPins, match=names):
        Buttons(pins, lambda *_: None)
