"""What is wrong with the parts of a call unit or a kiosk."""

import pytest

from moiso.wire.parts import part_trouble


@pytest.mark.parametrize(
    ("detail", "trouble"),
    [
        ({"counter": 1}, None),
        ({"keypad": "ready", "sign": "ready"}, None),
        ({"keypad": "no-line", "sign": "no-line"}, "line_out"),
        ({"sign": "no-line"}, "line_out"),
        ({"keypad": "absent", "sign": "absent"}, "keypad_absent"),
        ({"keypad": "two", "sign": "absent"}, "keypad_two"),
        ({"keypad": "ready", "sign": "two"}, "sign_two"),
        ({"keypad": 7}, None),
        ({"paper": "ok", "scanner": "ready"}, None),
        ({"paper": "ok", "scanner": "absent"}, "scanner_absent"),
    ],
)
def test_the_first_trouble_is_named(detail, trouble):
    assert part_trouble(detail) == trouble
