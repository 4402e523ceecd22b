"""Answers that a page's script reads: {status, reason, message, data} as JSON, the message in the reader's language."""

from typing import Any

from flask import Response, jsonify, request

from moiso.texts import both
from moiso.wire.messages import Reply, Words
from web.language import language


def wants_json() -> bool:
    """Whether a script sent the present request: it says so with `Accept`, as a stream of events does."""
    return request.accept_mimetypes.best in {"application/json", "text/event-stream"}


def answer(reply: Reply | None) -> Response:
    """The hub's reply as it is; 504 with status `unknown` when nobody answered: nobody knows whether it was done."""
    if reply is None:
        return said(504, "unknown", "no-answer", both("login.no_answer"))
    return said(200, reply.status, reply.reason, reply.message, **reply.data)


def said(code: int, status: str, reason: str | None, words: Words | None, **data: Any) -> Response:
    """An answer with this HTTP status."""
    message = str(getattr(words, language())) if words else None
    body = jsonify(status=status, reason=reason, message=message, data=data)
    body.status_code = code
    return body
