"""The addresses of the clerk's panel."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from moiso.core.roles import Role
from moiso.runtime.latest import Latest, TooManyStreams
from moiso.texts import both
from web.answering import wants_json
from web.asking import NEXT_WANTED
from web.asks import PATIENCE
from web.clerk_card import TURNS
from web.clerk_press import ClerkPress
from web.door import Door
from web.forms import press_id
from web.guard import Barred
from web.language import asked_language, language
from web.machine import FACTS
from web.person import Person
from web.place import Place

#: Milliseconds that a page goes on sending a press, and that it waits for one answer, the way there and back included.
_TIMES = {"wanted": round(1000 * NEXT_WANTED), "answer": round(1000 * (PATIENCE + 1))}


class Seats:
    """Who sits where: every request of a clerk begins here."""

    def __init__(self, place: Place, latest: Latest, door: Door) -> None:
        self.counters, self._latest, self._door = place.counters, latest, door

    def clerk(self) -> Person:
        """The clerk who sent the present request, with her counter if anybody knows it; ends any other request."""
        person = self._door.signed_in(Role.CLERK)
        if person.counter in self.counters:
            return person
        number = self._by_roster(person)
        if number is not None:
            self._door.sit(person, number)
        return msgspec.structs.replace(person, counter=number)

    def at_counter(self) -> tuple[Person, int]:
        """The clerk and her counter; a clerk without one is asked for it."""
        person = self.clerk()
        if person.counter is None:
            abort(redirect(url_for("clerk.counters", **asked_language()), 303))
        return person, person.counter

    def take(self, number: int) -> None:
        """The clerk who sent the present request sits at this counter from now on."""
        person = self._door.signed_in(Role.CLERK)
        if number not in self.counters:
            abort(400)
        self._door.sit(person, number)

    def _by_roster(self, person: Person) -> int | None:
        states = self._latest.page(FACTS).counters.values()
        return next((state.counter for state in states if state.on_duty == person.account.id), None)


def clerk_routes(seats: Seats, latest: Latest, pressed: ClerkPress) -> Blueprint:
    """/clerk and what lies below it."""
    routes = Blueprint("clerk", __name__, url_prefix="/clerk")

    @routes.get("")
    def panel() -> str:
        _, number = seats.at_counter()
        return _page(latest, number)

    @routes.post("/press")
    def press() -> AnyResponse | str:
        person, number = seats.at_counter()
        outcome = pressed(person, number, _form())
        if wants_json():
            return Response(msgspec.json.encode(outcome), mimetype="application/json")
        # Without a script the page says as long as it stands whom it sees at the counter: that is not the one before.
        stands = outcome.pop("stands", None)
        latest.fitting(_key(number), lambda page: stands in {None, page.here.ticket}, PATIENCE)
        return _page(latest, number, **outcome)

    @routes.get("/live")
    def live() -> Response:
        try:
            _, mine = seats.at_counter()
        except Barred as why:
            return Response(_turned_away(why), mimetype="text/event-stream")
        # A tab of the counter before goes on showing that one, as its page says.
        number = request.args.get("counter", mine, int)
        try:
            return Response(latest.stream(_key(number)), mimetype="text/event-stream")
        except KeyError:
            abort(404)
        except TooManyStreams:
            abort(503)

    @routes.get("/counters")
    def counters() -> str:
        mine, page = seats.clerk().counter, latest.page(("managers", language()))
        return render_template("clerk_counters.html", counters=seats.counters, page=page, mine=mine)

    @routes.post("/counters")
    def sit() -> AnyResponse:
        seats.take(request.form.get("counter", 0, int))
        return redirect(url_for("clerk.panel", **asked_language()), 303)

    @routes.get("/card")
    def card() -> str:
        # For anybody: it is printed for a new clerk before she has an account.
        return render_template("clerk_card.html", turns=TURNS)

    return routes


def _turned_away(why: Barred) -> bytes:
    """What a stream tells a page whose session is over, or no clerk's any more: browsers show it no other answer."""
    words = both("login.over") if why.reason == "signed-out" else why.words
    told = {"message": getattr(words, language()), "data": {"login": why.data.get("login", "/login?next=/clerk")}}
    return b"retry: 60000\nevent: barred\ndata: %s\n\n" % msgspec.json.encode(told)


def _form() -> Mapping[str, str]:
    """What was posted; a button says all its fields in one, as in an address."""
    return {**request.form, **dict(parse_qsl(request.form.get("fields", ""), keep_blank_values=True))}


def _key(number: int) -> tuple[str, str]:
    return f"clerk-{number}", language()


def _page(latest: Latest, number: int, **outcome: Any) -> str:
    page = latest.page(_key(number))
    more = {"number": number, "now": latest.now(), "press": press_id(), "as_json": msgspec.json.encode(page).decode()}
    return render_template(
        "clerk.html", page=page, **more, **_TIMES, **{"question": None, "message": "", "status": ""} | outcome
    )
