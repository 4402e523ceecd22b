"""The pages of those who log in, put together."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask

from moiso.runtime.database import Database
from moiso.runtime.latest import Latest
from web.account_routes import account_routes
from web.accounts import Accounts
from web.asks import Asks
from web.clerk_press import ClerkPress
from web.clerk_routes import Seats, clerk_routes
from web.deed_routes import deed_routes
from web.door import Door
from web.greeter_routes import greeter_routes
from web.guard import Guard
from web.login import Login
from web.login_routes import login_routes
from web.manage_routes import Sheets, manage_routes
from web.number_routes import number_routes
from web.pin_routes import pin_routes
from web.place import Place, Reader
from web.receipts import Receipts
from web.registry import Registry
from web.sessions import Sessions
from web.telling import Telling


@dataclass(frozen=True, slots=True)
class Staff:
    """What those pages work with: the site, its readers, the newest pages, the way to the hub, the accounts."""

    place: Place
    readers: Mapping[str, Reader]
    latest: Latest
    asks: Asks
    file: Database

    def move_in(self, app: Flask, guard: Guard, cookie: str) -> None:
        """Add the pages to an app; `cookie`: the name under which browsers keep their session."""
        accounts, receipts, door = Accounts(self.file), Receipts(), Door(app, guard, Sessions(self.file), cookie)
        telling, login = Telling(app, door, receipts, self.readers), Login(accounts)
        clerk = ClerkPress(self.readers, self.latest, self.asks)
        for pages in (
            login_routes(accounts, login, door, guard),
            pin_routes(accounts, login, door),
            deed_routes(self.place, door, self.asks, receipts),
            clerk_routes(Seats(self.place, self.latest, door), self.latest, clerk),
            greeter_routes(self.place, self.latest, door, receipts, telling),
            number_routes(self.place, door, self.asks, telling),
            manage_routes(door, Sheets(self.latest, accounts, telling)),
            account_routes(accounts, Registry(accounts, self.place.counters), door, self.place),
        ):
            app.register_blueprint(pages)
