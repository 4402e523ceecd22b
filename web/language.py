"""Which language a request reads: `?lang=` first, then what the browser asks for, else Vietnamese."""

from flask import request

from moiso.texts import LANGUAGES


def language() -> str:
    """`vi` or `en`, for the present request."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])
