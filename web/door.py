"""Who may see which page: the session behind a request, or the way to the login."""

import time
from typing import NoReturn
from urllib.parse import urlencode

from flask import Flask, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from moiso.core.roles import Role
from moiso.texts import both, catalogue
from moiso.wire.messages import Words
from web.answering import wants_json
from web.guard import Barred, Guard
from web.person import Person
from web.sessions import LONGEST, Sessions


class Door:
    """Stands before the pages of an app; `cookie`: the name under which a browser keeps its token."""

    def __init__(self, app: Flask, guard: Guard, sessions: Sessions, cookie: str) -> None:
        self._guard, self._sessions, self._cookie = guard, sessions, cookie
        app.context_processor(lambda: {"person": self.person})

    @property
    def person(self) -> Person | None:
        """Who sent the present request, as the account stands now; None: nobody known."""
        if "person" not in g:
            token = request.cookies.get(self._cookie, "")
            g.person = self._sessions.find(token, time.time()) if token else None
        return g.person  # type: ignore[no-any-return]

    def signed_in(self, *roles: Role) -> Person:
        """Who sent the present request; ends it unless that is somebody with one of these roles.

        Nobody: a page is led to the login and back; a fetch (Accept: application/json) gets a 401 that says so.
        Somebody else: 403 with a sentence. For a POST the token of the session must come back, too, as the field
        `token`; without it, 403.
        """
        person = self.person
        if person is None:
            self._to_login()
        if person.role not in roles:
            raise _not_yours(person, roles)
        if request.method == "POST":
            self._guard.check(person.csrf)
        return person

    def let_in(self, account: str, counter: int | None, answer: AnyResponse) -> AnyResponse:
        """The answer, with which a new session begins; an old one of this browser ends."""
        if old := self.person:
            self._sessions.end(old)
        token = self._sessions.begin(account, counter, time.time())
        answer.set_cookie(self._cookie, token, max_age=int(LONGEST), httponly=True, samesite="Strict")
        return answer

    def let_out(self, answer: AnyResponse) -> AnyResponse:
        """The answer, with which the session ends."""
        if person := self.person:
            self._guard.check(person.csrf)
            self._sessions.end(person)
        answer.delete_cookie(self._cookie, httponly=True, samesite="Strict")
        return answer

    def sit(self, person: Person, counter: int | None) -> None:
        """From now on this person speaks for this counter."""
        self._sessions.sit(person, counter)

    def _to_login(self) -> NoReturn:
        way = "/login?" + urlencode(self._way_back())
        if wants_json():
            raise Barred(401, "signed-out", both("login.signed_out"), login=way)
        abort(redirect(way, 303))

    def _way_back(self) -> dict[str, str]:
        asked = {"lang": request.args["lang"]} if "lang" in request.args else {}
        expired = {"expired": "1"} if self._cookie in request.cookies else {}
        # What was posted is not posted again by itself: the way leads to the page that it came from.
        section = f"/{request.path.split('/')[1]}"
        shown = request.method == "GET" and not wants_json()
        return {"next": request.full_path.rstrip("?") if shown else section, **asked, **expired}


def _not_yours(person: Person, roles: tuple[Role, ...]) -> Barred:
    wanted = Words(vi=_named(roles, "vi"), en=_named(roles, "en"))
    words = both("login.not_yours", roles=wanted, name=person.account.name, role=both(f"role.{person.role}"))
    return Barred(403, "not-allowed", words)


def _named(roles: tuple[Role, ...], language: str) -> str:
    return ", ".join(catalogue(language).text(f"role.{role}") for role in roles)
