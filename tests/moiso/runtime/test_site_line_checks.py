"""Serial lines in site.toml: what contradicts itself is said."""

import pytest

from tests.moiso.runtime.site_text import errors, site

BASE = """\
[site]
id = "an-binh"
name = "An Bình"

[[service]]
code = "A"
name = "Chứng thực"
"""
LINE = '\n[[line]]\nname = "quay"\nport = "/dev/ttyUSB0"\n'


def counter(number: int, more: str = "") -> str:
    return f'\n[[counter]]\nnumber = {number}\nservices = ["A"]\n{more}\n'


def test_keypads_and_signs_on_a_line(tmp_path):
    more = 'keypad = { line = "quay", address = 1 }\nsign = { line = "quay", address = 11 }'
    it = site(tmp_path, BASE + LINE + counter(1, more) + counter(2))
    assert (it.lines[0].port, it.lines[0].baud) == ("/dev/ttyUSB0", 9600)
    assert (it.counters[0].keypad.address, it.counters[0].sign.address) == (1, 11)
    assert (it.counters[1].keypad, it.counters[1].sign) == (None, None)


def test_one_box_may_be_keypad_and_sign_of_a_counter(tmp_path):
    more = 'keypad = { line = "quay", address = 1 }\nsign = { line = "quay", address = 1 }'
    assert site(tmp_path, BASE + LINE + counter(1, more)).counters[0].sign.address == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            counter(1, 'keypad = { line = "quay", address = 1 }'),
            "counter 1: its keypad is on line 'quay', which is not there; add a [[line]] with its name and port",
        ),
        (
            LINE + counter(1, 'sign = { line = "quai", address = 1 }'),
            "counter 1: its sign is on line 'quai', which is not there; known: quay",
        ),
        (
            LINE
            + counter(1, 'keypad = { line = "quay", address = 3 }')
            + counter(2, 'sign = { line = "quay", address = 3 }'),
            "line 'quay': the address 3 is used twice, by the keypad of counter 1 and the sign of counter 2",
        ),
        (LINE + LINE.replace("USB0", "USB1") + counter(1), "line 'quay': is there twice"),
        (LINE + LINE.replace("quay", "b") + counter(1), "line: the port /dev/ttyUSB0 is used twice"),
        (
            LINE + counter(1, 'keypad = { line = "quay", address = 32 }'),
            "counter[1].keypad.address: Expected `int` <= 31, found 32",
        ),
        (
            LINE + "baud = 9601\n" + counter(1),
            "line[1].baud: Invalid enum value 9601, known here: 2400, 4800, 9600, 19200, 38400, 57600, 115200,"
            " found 9601",
        ),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path, text, error):
    assert errors(tmp_path, BASE + text) == [error]
