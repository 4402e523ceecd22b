import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from moiso.core.roles import Role
from moiso.runtime.program import Unusable
from tests.web.people import HASH
from web.accounts import Accounts, Taken, open_accounts
from web.person import Account
from web.pins import fits, fresh_pin, good_enough, hashed

CLERK = Account(id="cb-01", name="Lan", role=Role.CLERK, counter=1)


@pytest.fixture(autouse=True, scope="module")
def cheap_secrets() -> None:
    """Not here: this is where the hashing is proved."""


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(open_accounts(tmp_path))
    made.add(CLERK, HASH)
    return made


def test_an_account_is_found_again_whatever_the_case(accounts: Accounts):
    assert accounts.find("CB-01") == (CLERK, HASH)
    assert accounts.find("cb-02") is None
    assert accounts.all() == [CLERK]


def test_an_id_is_given_once(accounts: Accounts):
    with pytest.raises(Taken):
        accounts.add(replace(CLERK, id="Cb-01", role=Role.MANAGER), HASH)
    assert accounts.all() == [CLERK]


def test_what_is_changed_is_there_for_another_program_too(accounts: Accounts, tmp_path: Path):
    accounts.change(replace(CLERK, name="Hoa", role=Role.GREETER, counter=None, disabled=True))
    found = Accounts(open_accounts(tmp_path)).find("cb-01")
    assert found == (Account(id="cb-01", name="Hoa", role=Role.GREETER, disabled=True), HASH)


def test_secrets_are_stored_as_argon2id_and_only_so(accounts: Accounts, tmp_path: Path):
    accounts.add(replace(CLERK, id="cb-02"), hashed("mật khẩu dài"))
    found = accounts.find("cb-02")
    assert found is not None
    assert found[1].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert fits(found[1], "mật khẩu dài")
    assert not fits(found[1], "mật khẩu dàj")
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "mật khẩu dài".encode() not in stored
    assert b"$argon2id$" in stored


def test_the_file_is_for_its_owner_only(accounts: Accounts, tmp_path: Path):
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("accounts.db*")} == {0o600}


def test_a_hash_that_is_none_fits_nobody():
    assert not fits("", "482913")
    assert not fits("$argon2id$broken", "482913")


def test_without_a_state_directory_it_says_what_to_do(tmp_path: Path):
    with pytest.raises(Unusable, match="moiso up"):
        open_accounts(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("secret", "good"),
    [("482913", True), ("48291", False), ("mật khẩu", True), ("matkhau", False), ("111111", False), ("aaaaaaaa", False),
     ("", False), ("x1" * 64, True), ("x1" * 65, False)],
)  # fmt: skip
def test_what_is_good_enough(secret: str, good: bool):
    assert good_enough(secret) is good


def test_a_fresh_pin_is_good_enough_and_another_one_each_time():
    pins = {fresh_pin() for _ in range(50)}
    assert len(pins) > 45
    assert all(pin.isdecimal() and len(pin) == 6 for pin in pins)


def test_a_new_secret_makes_a_first_one_that_was_left_in_a_file_go(accounts: Accounts, tmp_path: Path):
    (tmp_path / "cb-01.pin").write_text("482913")
    accounts.reset("cb-01", hashed("555666"))
    assert not (tmp_path / "cb-01.pin").exists()
