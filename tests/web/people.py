"""The pages with people before them: accounts in a file, a hub that is a list."""

import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask import Blueprint
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from moiso.core.roles import Role
from moiso.wire.messages import Reply
from tests.web.scenes import PLACE, READERS, board, counter, day, service, shown
from web.accounts import Accounts, open_accounts
from web.answering import answer
from web.app import create_app
from web.asking import Answered, Ask
from web.asks import Asks
from web.door import Door
from web.forms import pressed
from web.person import Account
from web.sessions import Sessions
from web.staff import Staff

HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
JSON = {**HERE, "Accept": "application/json"}
PIN = "482913"
#: Hashes as the product's does, at almost no cost: 600 accounts of these tests need no protection.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASH = CHEAP.hash(PIN)
COOKIE = "moiso-8080"
HALL = (("state/board", board(service())), ("state/counter/1", counter()), ("state/day", day()))
PEOPLE = (("cb-01", Role.CLERK, 1), ("huong-dan", Role.GREETER, None), ("quan-ly", Role.MANAGER, None))


class Templates(BytecodeCache):
    """The templates of every app, each compiled once."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Templates()


class House:
    """An app with one account a role (`cb-01` at counter 1, `huong-dan`, `quan-ly`), all with the same PIN.

    said: what the hub answers, by command; None = nothing, ever. asked: what it was asked. What the hub told before
    (`said` at the start) is HALL unless said otherwise.
    """

    def __init__(self, state: Path, *said: tuple[str, object], greeter: bool = True) -> None:
        self.file = open_accounts(state)
        self.accounts, self.sessions = Accounts(self.file), Sessions(self.file)
        self.asked: list[Ask] = []
        self._presses = count(1)
        self.said: dict[str, Reply | None] = {}
        self.latest = shown(*(said or HALL))
        self.app, self.guard = create_app("Trung tâm", self.latest, panel=False)
        self.app.jinja_env.bytecode_cache = TEMPLATES
        self.asks = Asks(self._hub)
        place = replace(PLACE, greeter=greeter)
        Staff(place, READERS, self.latest, self.asks, self.file).move_in(self.app, self.guard, COOKIE)
        self.app.register_blueprint(_a_page(Door(self.app, self.guard, self.sessions, COOKIE), self.asks))
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

    def post(self, client: FlaskClient, address: str, headers: dict[str, str] = HERE, **form: Any) -> Any:
        """What a form of a page of this browser brings, with a press id of its own unless the form has one."""
        own = {"token": self.token(client), "press": f"press-{next(self._presses):04}"}
        return client.post(address, data={**own, **form}, headers=headers)

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
