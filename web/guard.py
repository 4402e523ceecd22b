"""What protects the pages: headers on every answer, plain error pages, and no action from a foreign page."""

import secrets
from hmac import compare_digest
from typing import Any

from flask import Flask, Response, abort, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from moiso.runtime.serve import HEADERS, foreign
from moiso.texts import both
from moiso.wire.messages import Words
from web.answering import said, wants_json

_SAID = (400, 403, 404, 405, 413, 503)
#: What every handler of an error may give.
Said = tuple[str, int] | HTTPException | Response


class Guard:
    """Guards an app; `token` must come back with every action."""

    def __init__(self, app: Flask) -> None:
        self.token = secrets.token_urlsafe(24)
        app.after_request(_with_headers)
        app.register_error_handler(HTTPException, _error_page)

    def check(self, token: str | None = None) -> None:
        """Refuse the present request (403) unless a page of ours sent it that knows `token`; None: our own."""
        self.check_origin()
        if not compare_digest(request.form.get("token", "").encode(), (token or self.token).encode()):
            abort(403)

    def check_origin(self) -> None:
        """Refuse the present request (403) when the browser says that a foreign page sent it."""
        told = request.headers
        if foreign(told.get("Sec-Fetch-Site"), told.get("Origin"), request.host_url.rstrip("/")):
            abort(403)


def _with_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _error_page(error: HTTPException) -> Said:
    if error.code is None or error.code < 400:
        return error
    code = error.code if error.code in _SAID else InternalServerError.code
    words = error.words if isinstance(error, Barred) else both(f"web.error_{code}")
    if wants_json():
        reason, data = (error.reason, error.data) if isinstance(error, Barred) else (f"http-{error.code}", {})
        return said(error.code, "rejected", reason, words, **data)
    sentence = error.description if isinstance(error, Refused) else None
    return render_template("error.html", code=error.code, words=words, sentence=sentence), error.code


class Refused(HTTPException):
    """A 400 whose `description` says what was wrong with the request."""

    code = 400


class Barred(HTTPException):
    """A refusal that people read: `words` says why and what to do; `reason` and `data` are for the page's script."""

    def __init__(self, code: int, reason: str, words: Words, **data: Any) -> None:
        super().__init__()
        self.code, self.reason, self.words, self.data = code, reason, words, data
