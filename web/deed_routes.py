"""Where the greeter's and the manager's pages send what is to be done."""

from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from moiso.texts import both
from web.asks import Asks
from web.deeds import DEEDS, allowed, arguments
from web.door import Door
from web.forms import pressed
from web.guard import Barred, Refused
from web.language import asked_language
from web.login_routes import local
from web.person import ROLES
from web.place import Place
from web.receipts import Receipts
from web.told import Receipt


def deed_routes(place: Place, door: Door, asks: Asks, receipts: Receipts) -> Blueprint:
    """/do/<command>: asks the hub, then leads back to the page `back`, which shows the receipt."""
    routes = Blueprint("deeds", __name__, url_prefix="/do")

    @routes.post("/<command>")
    def do(command: str) -> AnyResponse:
        person = door.signed_in(*ROLES)
        if command not in DEEDS:
            abort(404)
        if command not in allowed(person.role, greeter=place.greeter):
            role = both(f"role.{person.role}")
            raise Barred(403, "not-allowed", both("told.not_allowed", name=person.account.name, role=role))
        press = pressed()
        try:
            meant = arguments(command, request.form.to_dict(flat=False))
        except ValueError as error:
            raise Refused(str(error)) from None
        reply = asks.ask(command, press, person, **meant)
        receipts.keep(person, Receipt(command, press, meant, reply))
        return redirect(_back(press), 303)

    return routes


def _back(press: str) -> str:
    """The page that the form came from, with the press that it is to tell of."""
    page = local(request.form.get("back", "")) or "/"
    return f"{page.split('?')[0]}?" + urlencode({"did": press, **asked_language()})
