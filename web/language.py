"""Which language a request reads: `?lang=` first, then what the browser asks for, else Vietnamese."""

from typing import Any

from flask import request

from moiso.texts import LANGUAGES


def language() -> str:
    """`vi` or `en`, for the present request."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])


def asked_language() -> dict[str, Any]:
    """What an address must carry so that the chosen language stays; nothing when none was chosen."""
    return {"lang": language()} if "lang" in request.args else {}
