"""The table of roles and commands, cell by cell, through the pages: what a role may not do reaches no hub."""

from typing import Any

import pytest

from moiso.core.commands import COMMANDS
from moiso.core.roles import MAY, Role, may
from tests.web.people import HERE, JSON, House
from web.deeds import DEEDS

NAMES = {Role.CLERK: "cb-01", Role.GREETER: "huong-dan", Role.MANAGER: "quan-ly"}
#: A form that is right for every command.
FORM: dict[str, Any] = {
    "ticket": "A012", "to": "A013", "service": "A", "services": ["A"], "reason": "in thử", "class": "elderly",
    "text": "x", "kiosk": "kiosk-1", "to_counter": "1", "outcome": "done", "after": "A012", "leftover": "expire",
}  # fmt: skip
CELLS = [(role, command, greeter) for role in NAMES for command in COMMANDS for greeter in (True, False)]
FORBIDDEN = [cell for cell in CELLS if not may(cell[0], cell[1], greeter=cell[2])]
ALLOWED = [cell for cell in CELLS if may(cell[0], cell[1], greeter=cell[2]) and cell[1] in DEEDS]


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, House]:
    return {greeter: House(tmp_path_factory.mktemp("house"), greeter=greeter) for greeter in (True, False)}


@pytest.fixture
def greeter() -> bool:
    """Whether the centre has greeters, unless a test has a parameter of this name."""
    return True


@pytest.fixture
def house(houses: dict[bool, House], greeter: bool) -> House:
    """With or without greeters; nothing has been asked of its hub."""
    houses[greeter].asked.clear()
    return houses[greeter]


@pytest.mark.parametrize(("role", "command", "greeter"), FORBIDDEN)
def test_a_forbidden_cell_reaches_no_hub_by_any_page(house: House, role: Role, command: str):
    client = house.signed_in(NAMES[role])
    for forged in ({}, {"role": "manager", "clerk": "quan-ly"}, {"role": "clerk", "clerk": "cb-01"}):
        form = {**FORM, **forged, "command": command}
        assert house.post(client, f"/do/{command}", **form).status_code in {403, 404}
        assert house.post(client, f"/do/{command}", JSON, **form).status_code in {403, 404}
        assert house.post(client, "/clerk/press", JSON, **form).status_code in {400, 403}
    assert house.asked == []


@pytest.mark.parametrize(("role", "command", "greeter"), ALLOWED)
def test_an_allowed_cell_goes_out_in_the_role_of_the_session(house: House, role: Role, command: str):
    forged = {"role": "kiosk", "clerk": "x", "person": "x", "device": "kiosk-1"}
    answer = house.post(house.signed_in(NAMES[role]), f"/do/{command}", **FORM, **forged)
    assert answer.status_code == 303
    (ask,) = house.asked
    assert (ask.command, ask.person.role, ask.person.account.id) == (command, role, NAMES[role])


def test_every_row_of_the_table_is_tried():
    assert {command for _, command, _ in FORBIDDEN} | {command for _, command, _ in ALLOWED} == set(MAY) - {"replay"}


def test_what_is_no_command_of_these_pages_does_not_exist(house: House):
    for command in ("replay", "next", "nonsense", "issue%2f..", "ISSUE"):
        assert house.post(house.signed_in("huong-dan"), f"/do/{command}", **FORM).status_code in {403, 404}
    assert house.asked == []


@pytest.mark.parametrize(
    ("address", "roles"),
    [
        ("/clerk", {Role.CLERK}),
        ("/greeter", {Role.GREETER}),
        ("/numbers", set(NAMES)),
        ("/numbers/range", set(NAMES)),
        ("/pin", set(NAMES)),
        ("/manage/close-day", {Role.MANAGER}),
        ("/manage/assign", {Role.MANAGER}),
        ("/manage/print", {Role.MANAGER}),
        ("/manage/accounts", {Role.MANAGER}),
        ("/manage/accounts/cb-01", {Role.MANAGER}),
    ],
)
def test_each_page_is_for_its_roles(house: House, address: str, roles: set[Role]):
    assert house.browser().get(address).location.startswith("/login?next=%2F")
    found = {role for role, name in NAMES.items() if house.signed_in(name).get(address).status_code == 200}
    assert found == roles


@pytest.mark.parametrize("greeter", [False])
def test_without_greeters_the_greeters_page_is_for_clerks_too(house: House):
    assert house.signed_in("cb-01").get("/greeter").status_code == 200
    assert house.signed_in("quan-ly").get("/greeter").status_code == 403


@pytest.mark.parametrize("doing", ["add", "change", "reset", "disable", "enable"])
@pytest.mark.parametrize("name", ["cb-01", "huong-dan"])
def test_accounts_are_the_managers_only(house: House, doing: str, name: str):
    before = [house.accounts.find(each.id) for each in house.accounts.all()]
    form = {"account": name, "role": "manager", "name": "x"}
    assert house.post(house.signed_in(name), f"/manage/accounts/{doing}", **form).status_code == 403
    assert [house.accounts.find(each.id) for each in house.accounts.all()] == before


@pytest.mark.parametrize(
    "address", ["/do/issue", "/do/void", "/clerk/press", "/pin", "/manage/accounts/reset", "/clerk/counters"]
)
def test_nothing_is_done_without_the_sessions_token_or_from_elsewhere(house: House, address: str):
    for name in NAMES.values():
        client = house.signed_in(name)
        assert house.post(client, address, **FORM, token="wrong").status_code == 403
        assert house.post(client, address, HERE | {"Origin": "http://evil.example"}, **FORM).status_code == 403
        assert client.get(address).status_code in {200, 303, 403, 404, 405}
    assert house.asked == []
