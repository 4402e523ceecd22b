"""What protects the pages: headers on every answer, plain error pages, and no action from a foreign page."""

import secrets
from hmac import compare_digest

from flask import Flask, Response, abort, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from moiso.texts import both

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SAID = (400, 403, 404, 405, 413, 503)


class Guard:
    """Guards an app; `token` must come back with every action."""

    def __init__(self, app: Flask) -> None:
        self.token = secrets.token_urlsafe(24)
        app.after_request(_with_headers)
        app.register_error_handler(HTTPException, _error_page)

    def check(self) -> None:
        """Refuse the present request (403) unless one of our own pages sent it."""
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin", request.host_url.rstrip("/"))
        own = site == "same-origin" and origin == request.host_url.rstrip("/")
        if not own or not compare_digest(request.form.get("token", "").encode(), self.token.encode()):
            abort(403)


def _with_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _error_page(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    code = error.code if error.code in _SAID else InternalServerError.code
    sentence = error.description if isinstance(error, Refused) else None
    words = both(f"web.error_{code}")
    return render_template("error.html", code=error.code, words=words, sentence=sentence), error.code


class Refused(HTTPException):
    """A 400 whose `description` says what was wrong with the request."""

    code = 400
