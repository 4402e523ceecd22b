"""Buttons and lamps of the kiosk, on pins of software that chatter like real ones."""

import json
import queue
import time
from collections.abc import Iterator

import pytest
from gpiozero import Device

from kiosk.panel import Panel
from kiosk.ports import Pressed
from moiso.runtime.program import Unusable
from moiso.runtime.site import ButtonConf
from tests.whole.centre import until
from tests.whole.talk import PATIENCE

BUTTONS = (ButtonConf(service="A", pin=5, lamp=12), ButtonConf(service="B", pin=6, lamp=13))
A_PIN, A_LAMP, B_LAMP = 5, 12, 13


class Tray:
    """A fake panel, what it told, and what its pins and its file show."""

    def __init__(self, folder, buttons=BUTTONS) -> None:
        self.told: queue.Queue[object] = queue.Queue()
        self.folder = folder
        self.panel = Panel(buttons, self.told.put, folder)

    def presses(self, count: int) -> list[object]:
        """What is told until `count` presses came, and whatever follows within the time of a chatter."""
        told = [self.told.get(timeout=PATIENCE) for _ in range(count)]
        time.sleep(0.3)
        while not self.told.empty():
            told.append(self.told.get())
        return told

    def lamps(self) -> dict[str, str]:
        return json.loads((self.folder / "lamps.json").read_text())


def lit(pin: int) -> bool:
    return bool(Device.pin_factory.pin(pin).state)


@pytest.fixture
def tray(tmp_path) -> Iterator[Tray]:
    before = Device.pin_factory
    made = Tray(tmp_path)
    yield made
    made.panel.close()
    Device.pin_factory = before


def test_a_chattering_press_is_one_press(tray):
    tray.panel.press("A")
    assert tray.presses(1) == [Pressed("A")]


def test_two_buttons_at_once_are_two_presses_and_the_machine_decides(tray):
    tray.panel.press("A")
    tray.panel.press("B")
    assert sorted(press.service for press in tray.presses(2)) == ["A", "B"]


def test_a_button_that_is_held_down_is_one_press(tray):
    pin = Device.pin_factory.pin(A_PIN)
    pin.drive_low()
    assert tray.presses(1) == [Pressed("A")]
    pin.drive_high()
    assert tray.told.empty()


def test_a_press_of_no_button_names_those_there_are(tray):
    with pytest.raises(ValueError, match="A, B"):
        tray.panel.press("Z")


def test_lamps_follow_on_their_pins_and_in_the_file(tray):
    tray.panel.show("A", "on")
    tray.panel.show("B", "off")
    assert (lit(A_LAMP), lit(B_LAMP)) == (True, False)
    assert tray.lamps() == {"A": "on", "B": "off"}


@pytest.mark.parametrize("state", ["blink", "flicker"])
def test_a_blinking_lamp_is_now_light_now_dark(tray, state):
    tray.panel.show("A", state)
    for light in (True, False, True):
        until(lambda light=light: lit(A_LAMP) is light, PATIENCE, "it does not change")
    assert tray.lamps() == {"A": state}


def test_closed_it_is_dark_on_the_pins_and_in_the_file(tmp_path):
    before = Device.pin_factory
    tray = Tray(tmp_path)
    tray.panel.show("A", "on")
    tray.panel.show("B", "blink")
    tray.panel.close()
    assert tray.lamps() == {"A": "off", "B": "off"}
    assert not lit(A_LAMP)
    Device.pin_factory = before


def test_a_button_without_a_lamp_works(tmp_path):
    before = Device.pin_factory
    tray = Tray(tmp_path, (ButtonConf(service="A", pin=5),))
    tray.panel.show("A", "on")
    tray.panel.press("A")
    assert tray.presses(1) == [Pressed("A")]
    tray.panel.close()
    Device.pin_factory = before


def test_two_uses_of_one_pin_are_one_sentence(tmp_path):
    before = Device.pin_factory
    twice = (ButtonConf(service="A", pin=5, lamp=12), ButtonConf(service="B", pin=5, lamp=13))
    with pytest.raises(Unusable, match="GPIO5"):
        Panel(twice, print, tmp_path)
    Device.pin_factory = before
