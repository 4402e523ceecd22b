"""What a device's status says of its parts: the keypad and sign of a call unit, the scanner of a kiosk. Pure."""

from collections.abc import Mapping
from typing import Any


def part_trouble(detail: Mapping[str, Any]) -> str | None:
    """What is wrong, the keypad first: `line_out`, `keypad_absent`, `keypad_two`, `sign_absent`, `sign_two`,
    `scanner_absent`.

    None when nothing is, or when the device has no such part. The adapter is gone when the line is out; `two` units
    have one address.
    """
    for part in ("keypad", "sign", "scanner"):
        state = detail.get(part)
        if state == "no-line":
            return "line_out"
        if state in {"absent", "two"}:
            return f"{part}_{state}"
    return None
