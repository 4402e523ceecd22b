import json
import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from moiso.core.roles import Role
from tests.web.people import HASH
from web.accounts import Accounts, open_accounts
from web.first_accounts import demo_accounts, first_manager
from web.login import Login
from web.person import Account


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(open_accounts(tmp_path))


def test_the_first_manager_can_log_in_with_what_the_file_says(accounts: Accounts, tmp_path: Path):
    first_manager(accounts, tmp_path)
    path = tmp_path / "quan-ly.pin"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Login(accounts).check("quan-ly", path.read_text().strip(), "x").role is Role.MANAGER


def test_where_somebody_manages_nothing_is_made(accounts: Accounts, tmp_path: Path):
    accounts.add(Account(id="boss", name="", role=Role.MANAGER), HASH)
    first_manager(accounts, tmp_path)
    assert [account.id for account in accounts.all()] == ["boss"]
    assert not (tmp_path / "quan-ly.pin").exists()


def test_a_manager_who_was_locked_out_is_not_let_in_again_by_a_restart(accounts: Accounts, tmp_path: Path):
    first_manager(accounts, tmp_path)
    before = replace(accounts.all()[0], disabled=True)
    accounts.change(before)
    first_manager(accounts, tmp_path)
    assert accounts.all() == [before]


def test_a_fake_centre_has_one_of_everybody_and_keeps_their_pins(accounts: Accounts, tmp_path: Path):
    pins = demo_accounts(accounts, tmp_path / "fake" / "web", [1, 12])
    assert [(a.id, a.role, a.counter) for a in accounts.all()] == [
        ("cb-01", "clerk", 1), ("cb-12", "clerk", 12), ("huong-dan", "greeter", None), ("quan-ly", "manager", None),
    ]  # fmt: skip
    path = tmp_path / "fake" / "web" / "accounts.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text()) == pins
    login = Login(accounts)
    assert all(login.check(name, pin, "x").id == name for name, pin in pins.items())
    assert demo_accounts(accounts, tmp_path / "fake" / "web", [1, 12]) == pins


def test_an_account_of_somebody_else_keeps_its_secret(accounts: Accounts, tmp_path: Path):
    accounts.add(Account(id="cb-01", name="Lan", role=Role.CLERK), HASH)
    pins = demo_accounts(accounts, tmp_path / "web", [1])
    assert set(pins) == {"huong-dan", "quan-ly"}
    assert accounts.find("cb-01") == (Account(id="cb-01", name="Lan", role=Role.CLERK), HASH)
