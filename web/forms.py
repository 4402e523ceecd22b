"""What every form of the pages carries besides its own fields: the id of its one press."""

import re
import secrets

from flask import request

from web.guard import Refused

_PRESS = re.compile(r"[A-Za-z0-9_-]{8,23}")


def press_id() -> str:
    """An id for a form that is being shown: posted twice, it is done once."""
    return secrets.token_hex(8)


def pressed() -> str:
    """The id that came back as `press`. Raises Refused."""
    press = request.form.get("press", "")
    if not _PRESS.fullmatch(press):
        raise Refused("press: an id of 8 to 23 letters, digits, _ and -, another one for every press")
    return press
