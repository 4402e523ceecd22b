"""The addresses /login and /logout."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from moiso.core.roles import Role
from web.accounts import Accounts
from web.door import Door
from web.guard import Guard
from web.language import language
from web.login import Login, NotIn

#: Where everybody goes who did not come from a page.
HOME = {Role.CLERK: "/clerk", Role.GREETER: "/greeter", Role.MANAGER: "/"}


def login_routes(accounts: Accounts, login: Login, door: Door, guard: Guard) -> Blueprint:
    """The page on which people say who they are."""
    routes = Blueprint("login", __name__)

    @routes.get("/login")
    def ask() -> str:
        return _page(accounts, expired="expired" in request.args)

    @routes.post("/login")
    def enter() -> AnyResponse | tuple[str, int]:
        # No token here: the page may stand open for days, and there is no session yet that a foreign page could use.
        guard.check_origin()
        name, secret = request.form.get("account", "").strip(), request.form.get("secret", "").strip()
        try:
            account = login.check(name, secret, request.remote_addr or "")
        except NotIn as why:
            return _page(accounts, said=getattr(why.words, language()), account=name), 403
        way = local(request.form.get("next", "")) or HOME[account.role]
        return door.let_in(account.id, account.counter, redirect(way, 303))

    @routes.post("/logout")
    def leave() -> AnyResponse:
        return door.let_out(redirect("/login", 303))

    return routes


def local(address: str) -> str:
    """The address when it is one of our own pages, else nothing."""
    plain = address.startswith("/") and address[1:2] not in {"/", "\\"} and address.isprintable()
    return address if plain and "\\" not in address else ""


def _page(accounts: Accounts, **more: Any) -> str:
    way = local(request.values.get("next", ""))
    known = [account for account in accounts.all() if not account.disabled]
    return render_template("login.html", accounts=known, way=way, **more)
