"""The manager's page of accounts."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from moiso.core.roles import Role
from web.accounts import Accounts
from web.door import Door
from web.forms import press_id, pressed
from web.language import asked_language
from web.person import ROLES
from web.place import Place
from web.registry import Done, Registry, Wrong


def account_routes(accounts: Accounts, registry: Registry, door: Door, place: Place) -> Blueprint:
    """/manage/accounts and what lies below it."""
    routes = Blueprint("accounts", __name__, url_prefix="/manage/accounts")

    def listed(done: Done | None = None, wrong: str = "") -> str:
        more = {"roles": ROLES, "counters": place.counters, "press": press_id(), "said": request.form}
        return render_template("accounts.html", accounts=accounts.all(), done=done, wrong=wrong, **more)

    @routes.get("")
    def every() -> str:
        door.signed_in(Role.MANAGER)
        return listed(registry.done(request.args.get("did", "")))

    @routes.get("/<name>")
    def one(name: str) -> str | AnyResponse:
        door.signed_in(Role.MANAGER)
        found = accounts.find(name)
        if found is None:
            return redirect(url_for("accounts.every", **asked_language()), 303)
        more = {"roles": ROLES, "counters": place.counters, "press": press_id()}
        return render_template("account.html", account=found[0], **more)

    @routes.post("/<any(add, change, reset, disable, enable):doing>")
    def do(doing: str) -> AnyResponse | tuple[str, int]:
        person, press = door.signed_in(Role.MANAGER), pressed()
        try:
            registry.do(doing, request.form, person.account.id, press)
        except Wrong as why:
            return listed(wrong=str(why)), 400
        return redirect(url_for("accounts.every", did=press, **asked_language()), 303)

    return routes
