"""The pages with people before them: accounts in a file, a hub that is a list."""

import time
from pathlib import Path
from typing import Any

from flask import Blueprint
from flask.testing import FlaskClient

from moiso.core.roles import Role
from moiso.wire.messages import Reply
from tests.web.scenes import board, counter, day, service, shown
from web.accounts import Accounts, open_accounts
from web.answering import answer
from web.app import create_app
from web.asking import Answered, Ask
from web.asks import Asks
from web.door import Door
from web.forms import pressed
from web.login import Login
from web.login_routes import login_routes
from web.person import Account
from web.pins import hashed
from web.sessions import Sessions

HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
JSON = {**HERE, "Accept": "application/json"}
PIN = "482913"
HASH = hashed(PIN)
COOKIE = "moiso-8080"
PEOPLE = (("cb-01", Role.CLERK, 1), ("huong-dan", Role.GREETER, None), ("quan-ly", Role.MANAGER, None))


class House:
    """An app with one account a role (`cb-01` at counter 1, `huong-dan`, `quan-ly`), all with the same PIN.

    said: what the hub answers, by command; None = nothing, ever. asked: what it was asked.
    """

    def __init__(self, state: Path) -> None:
        self.file = open_accounts(state)
        self.accounts, self.sessions = Accounts(self.file), Sessions(self.file)
        self.asked: list[Ask] = []
        self.said: dict[str, Reply | None] = {}
        latest = shown(("state/board", board(service())), ("state/counter/1", counter()), ("state/day", day()))
        self.app, self.guard = create_app("Trung tâm", latest, panel=False)
        self.door = Door(self.app, self.guard, self.sessions, COOKIE)
        self.asks = Asks(self._hub)
        self.app.register_blueprint(login_routes(self.accounts, Login(self.accounts), self.door, self.guard))
        self.app.register_blueprint(_a_page(self.door, self.asks))
        for name, role, desk in PEOPLE:
            self.accounts.add(Account(id=name, name=f"Tên {name}", role=role, counter=desk), HASH)

    def _hub(self, ask: Ask) -> None:
        self.asked.append(ask)
        ok = Reply(re=ask.id, to=ask.command, status="ok")
        self.asks.answered(Answered(ask.command, ask.id, self.said.get(ask.command, ok)))

    def browser(self) -> FlaskClient:
        """One more browser, that nobody has logged in with."""
        return self.app.test_client()

    def signed_in(self, name: str = "cb-01") -> FlaskClient:
        """A browser in which this account is logged in."""
        client = self.browser()
        assert self.log_in(client, name).status_code == 303
        return client

    def log_in(self, client: FlaskClient, name: str = "cb-01", secret: str = PIN, **more: Any) -> Any:
        return client.post("/login", data={"account": name, "secret": secret, **more}, headers=HERE)

    def token(self, client: FlaskClient) -> str:
        """What the pages of this browser send back with every action."""
        cookie = client.get_cookie(COOKIE)
        person = self.sessions.find(cookie.value, time.time()) if cookie else None
        return person.csrf if person else ""


def _a_page(door: Door, asks: Asks) -> Blueprint:
    """The smallest page of a clerk: it shows the counter, and does what is posted."""
    routes = Blueprint("desk", __name__)

    @routes.get("/desk")
    def desk() -> str:
        return f"counter {door.signed_in(Role.CLERK).counter}"

    @routes.post("/desk/press")
    def press() -> Any:
        return answer(asks.ask("recall", pressed(), door.signed_in(Role.CLERK)))

    return routes
