"""What a call unit's status says of its keypad and sign on a serial line. Pure."""

from collections.abc import Mapping
from typing import Any


def part_trouble(detail: Mapping[str, Any]) -> str | None:
    """What is wrong, the keypad first: `line_out`, `keypad_absent`, `keypad_two`, `sign_absent`, `sign_two`.

    None when nothing is, or when the unit hangs on no line. The adapter is gone when the line is out; `two` units have
    one address.
    """
    for part in ("keypad", "sign"):
        state = detail.get(part)
        if state == "no-line":
            return "line_out"
        if state in {"absent", "two"}:
            return f"{part}_{state}"
    return None
