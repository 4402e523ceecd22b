"""The manager's actions: a page for each, that says beforehand what it will bring about."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, request

from moiso.core.roles import Role
from moiso.runtime.latest import Latest
from web import manage_counters, manage_day, manage_services
from web.accounts import Accounts
from web.day_account import DayAccount, day_account
from web.door import Door
from web.forms import press_id
from web.hall import HALL, Hall
from web.person import Account
from web.place import Reader
from web.sheet import Sheet
from web.telling import Telling

#: What is asked on one page.
PLAIN: dict[str, Callable[[Hall, Reader], Sheet]] = {
    "open-day": manage_day.open_day,
    "close-day": manage_day.close_day,
    "reopen-day": manage_day.reopen_day,
    "notice": manage_day.notice,
}
#: Every action, in the order of the manager's page.
ACTIONS = ("open-day", "close-day", "reopen-day", "suspend-service", "restore-service", "notice", "assign", "swap")


class Sheets:
    """Builds the page of an action from what the form has said so far."""

    def __init__(self, latest: Latest, accounts: Accounts, telling: Telling) -> None:
        self._latest, self._accounts, self._telling = latest, accounts, telling

    def sheet(self, action: str) -> Sheet:
        """The next page of the action; ends a request for what does not exist."""
        hall, reader = self._latest.page(HALL), self._telling.reader
        if action in PLAIN:
            return PLAIN[action](hall, reader)
        if action in {"suspend-service", "restore-service"}:
            return self._service(action, hall, reader)
        return self._counter(action, hall, reader)

    def actions(self) -> list[str]:
        """What makes sense now, in the order of the manager's page."""
        useless = {"open-day", "reopen-day"} if self._latest.page(HALL).open else {"close-day"}
        return [action for action in ACTIONS if action not in useless]

    def account(self) -> DayAccount | None:
        """The day's account for paper."""
        return day_account(self._latest.page(HALL), self._telling.reader)

    def _service(self, action: str, hall: Hall, reader: Reader) -> Sheet:
        code = request.args.get("service", "")
        if not code:
            return manage_services.which_service(hall, reader, action)
        if code not in reader.names:
            abort(404)
        return (manage_services.suspend if action == "suspend-service" else manage_services.restore)(hall, reader, code)

    def _counter(self, action: str, hall: Hall, reader: Reader) -> Sheet:
        if not request.args.get("counter"):
            return manage_counters.which_counter(hall, reader, action)
        number = request.args.get("counter", 0, int)
        if number not in hall.counters:
            abort(404)
        return (self._services if action == "assign" else self._clerk)(hall, reader, number)

    def _services(self, hall: Hall, reader: Reader, number: int) -> Sheet:
        chosen = _codes("services", reader)
        if not chosen:
            return manage_counters.which_services(hall, reader, number)
        # What was chosen differs from what the page before showed, not from what the counter serves by now.
        before = _codes("before", reader) or hall.counters[number].services
        take = [code for code in chosen if code not in before]
        return manage_counters.assign(hall, reader, number, take, [code for code in before if code not in chosen])

    def _clerk(self, hall: Hall, reader: Reader, number: int) -> Sheet:
        clerks = {account.id: account for account in self._accounts.all() if _may_sit(account)}
        chosen = clerks.get(request.args.get("who", ""))
        if chosen is None:
            return manage_counters.which_clerk(hall, reader, number, list(clerks.values()))
        return manage_counters.swap(hall, reader, number, chosen)


def manage_routes(door: Door, sheets: Sheets) -> Blueprint:
    """/manage/<action>, and the day's account for paper."""
    routes = Blueprint("manage", __name__, url_prefix="/manage")

    @routes.get("/<action>")
    def action(action: str) -> str:
        door.signed_in(Role.MANAGER)
        if action not in ACTIONS:
            abort(404)
        return render_template("sheet.html", sheet=sheets.sheet(action), press=press_id())

    @routes.get("/print")
    def paper() -> str:
        door.signed_in(Role.MANAGER)
        return render_template("day.html", page=sheets.account())

    @routes.app_context_processor
    def actions() -> dict[str, Any]:
        managing = door.person is not None and door.person.role is Role.MANAGER
        return {"actions": sheets.actions() if managing else ()}

    return routes


def _codes(name: str, reader: Reader) -> list[str]:
    return [code for code in request.args.getlist(name) if code in reader.names]


def _may_sit(account: Account) -> bool:
    return account.role is Role.CLERK and not account.disabled
