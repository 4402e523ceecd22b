"""Everybody's page for another PIN or a password of her own."""

from flask import Blueprint, render_template, request

from moiso.texts import both
from moiso.wire.messages import Words
from web.accounts import Accounts
from web.door import Door
from web.language import language
from web.login import Login, NotIn
from web.person import ROLES, Person
from web.pins import good_enough, hashed


def pin_routes(accounts: Accounts, login: Login, door: Door) -> Blueprint:
    """/pin."""
    routes = Blueprint("pin", __name__, url_prefix="/pin")

    @routes.get("")
    def ask() -> str:
        door.signed_in(*ROLES)
        return render_template("pin.html")

    @routes.post("")
    def change() -> str | tuple[str, int]:
        person = door.signed_in(*ROLES)
        fresh = request.form.get("fresh", "").strip()
        wrong = _wrong(fresh) or _unknown(login, person)
        if wrong:
            return render_template("pin.html", wrong=getattr(wrong, language())), 400
        accounts.reset(person.account.id, hashed(fresh), keep=person.key)
        return render_template("pin.html", done=True)

    return routes


def _wrong(fresh: str) -> Words | None:
    """Why this cannot be the new one."""
    if not good_enough(fresh):
        return both("pin.weak")
    return None if fresh == request.form.get("again", "").strip() else both("pin.unlike")


def _unknown(login: Login, person: Person) -> Words | None:
    """Why it is not believed that this is she."""
    try:
        login.check(person.account.id, request.form.get("secret", "").strip(), request.remote_addr or "")
    except NotIn as why:
        return why.words
    return None
