"""The greeter's page."""

from flask import Blueprint, request

from moiso.core.roles import Role
from moiso.runtime.latest import Latest
from web.app import show
from web.door import Door
from web.forms import press_id
from web.greeter import kiosk_first
from web.language import language
from web.person import Person
from web.place import Place
from web.receipts import Receipts
from web.telling import Telling


def greeter_routes(place: Place, latest: Latest, door: Door, receipts: Receipts, telling: Telling) -> Blueprint:
    """/greeter: for greeters, and for clerks where there are none."""
    routes = Blueprint("greeter", __name__)
    roles = (Role.GREETER,) if place.greeter else (Role.GREETER, Role.CLERK)

    @routes.get("/greeter")
    def greeter() -> str:
        person = door.signed_in(*roles)
        first = kiosk_first(latest.page(("greeter", language())), _last(receipts, person))
        return show(latest, "greeter", press=press_id(), classes=telling.classes, wished=first)

    return routes


def _last(receipts: Receipts, person: Person) -> str:
    """Where the ticket was printed that this page tells of; `none`: it was read out; nothing: it tells of none."""
    receipt = receipts.of(person, request.args.get("did", ""))
    if receipt is None or receipt.command != "issue":
        return ""
    return str(receipt.arguments.get("print_at", "none"))
