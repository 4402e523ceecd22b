"""Pages for whoever types a number: what to do with one, and with many after an outage."""

from typing import Any

from flask import Blueprint, render_template, request

from moiso.core.roles import Role
from web.asks import Asks
from web.deeds import allowed
from web.door import Door
from web.forms import press_id
from web.person import ROLES, Person
from web.place import Place
from web.ranges import KINDS, RangeTyped, range_typed
from web.telling import Telling
from web.told import Receipt, told
from web.typed import tickets_typed
from web.words import listed


def number_routes(place: Place, door: Door, asks: Asks, telling: Telling) -> Blueprint:
    """/numbers and /numbers/range."""
    routes = Blueprint("numbers", __name__, url_prefix="/numbers")

    @routes.get("")
    def one() -> str:
        person = door.signed_in(*ROLES)
        typed = request.args.get("typed", "").strip()[:12]
        found = tickets_typed(typed, [*telling.reader.names])
        may = allowed(person.role, greeter=place.greeter)
        more = {"classes": telling.classes, "press": press_id(), "may": may, "home": _home(person)}
        more["kiosks"] = list(place.kiosks)
        return render_template("number.html", typed=typed, found=found, **more)

    @routes.get("/range")
    def many() -> str:
        person = door.signed_in(*ROLES)
        may = allowed(person.role, greeter=place.greeter)
        kinds = [kind for kind, command in KINDS.items() if command in may]
        typed = range_typed(request.args.to_dict(), [*telling.reader.names]) if "kind" in request.args else None
        more: dict[str, Any] = {"kinds": kinds, "press": press_id(), "home": _home(person)}
        if isinstance(typed, RangeTyped) and typed.kind in kinds:
            return render_template("range_sure.html", typed=typed, **_preview(asks, person, typed, telling), **more)
        return render_template("range.html", wrong=typed, said=request.args, **more)

    return routes


def _preview(asks: Asks, person: Person, typed: RangeTyped, telling: Telling) -> dict[str, Any]:
    """What it would take and leave alone; of numbers on paper all, which the hub checks when they are typed in."""
    if typed.kind == "paper":
        return {"takes": listed(typed.numbers), "n": len(typed.numbers), "leaves": ""}
    reply = asks.ask(typed.command, press_id(), person, **typed.arguments, preview=True)
    if reply is None or reply.status != "ok":
        return {"refused": told(Receipt(typed.command, "", typed.arguments, reply), telling.reader)}
    tickets, skipped = reply.data.get("tickets", []), reply.data.get("skipped", [])
    return {"takes": listed(tickets), "n": len(tickets), "leaves": listed(skipped)}


def _home(person: Person) -> str:
    """The page that this person works on."""
    return {Role.CLERK: "/clerk", Role.GREETER: "/greeter"}.get(person.role, "/")
