"""`moiso account`, as somebody at the machine uses it."""

import re
from pathlib import Path

import pytest

from centre.cli import main
from moiso.core.roles import Role
from web.accounts import Accounts, open_accounts
from web.login import Login, NotIn

SITE = Path(__file__).parents[2] / "examples" / "normal.toml"


class Desk:
    """Somebody at the machine; `said` is what the last word printed."""

    def __init__(self, state: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._state, self._capsys = state, capsys
        self.accounts = Accounts(open_accounts(state))

    def do(self, *words: str) -> tuple[int, str]:
        code = main(["account", *words, "--site", str(SITE), "--state", str(self._state)])
        out = self._capsys.readouterr()
        return code, out.out + out.err

    def pin(self, *words: str) -> str:
        code, said = self.do(*words)
        assert code == 0
        return re.findall(r"PIN (\d{6}) ", said)[0]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_a_new_account_logs_in_with_the_pin_that_was_printed(desk: Desk):
    pin = desk.pin("add", "cb-07", "--role", "clerk", "--counter", "3", "--name", "Lan")
    account = Login(desk.accounts).check("cb-07", pin, "x")
    assert (account.role, account.counter, account.name) == (Role.CLERK, 3, "Lan")
    _, said = desk.do("list")
    assert "cb-07" in said
    assert pin not in said
    assert "argon2" not in said


def test_a_reset_pin_replaces_the_old_one(desk: Desk):
    old = desk.pin("add", "cb-07", "--role", "clerk")
    new = desk.pin("reset-pin", "cb-07")
    assert Login(desk.accounts).check("cb-07", new, "x")
    with pytest.raises(NotIn):
        Login(desk.accounts).check("cb-07", old, "x")


def test_role_counter_and_name_change_and_the_rest_stays(desk: Desk):
    desk.do("add", "cb-07", "--role", "clerk", "--counter", "3", "--name", "Lan")
    assert desk.do("change", "CB-07", "--role", "greeter")[0] == 0
    assert desk.do("disable", "cb-07")[0] == 0
    (account,) = desk.accounts.all()
    assert (account.role, account.counter, account.name, account.disabled) == (Role.GREETER, 3, "Lan", True)
    desk.do("enable", "cb-07")
    assert not desk.accounts.all()[0].disabled


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "Nguyễn Lan", "--role", "clerk"], "pseudonym"),
        (["add", "", "--role", "clerk"], "pseudonym"),
        (["add", "cb-07"], "--role"),
        (["add", "cb-07", "--role", "clerk", "--counter", "9"], "no counter 9"),
        (["add", "cb-01", "--role", "clerk"], "already"),
        (["change", "cb-09", "--role", "clerk"], "there are: cb-01"),
        (["reset-pin", "cb-09"], "there are: cb-01"),
        (["disable", "cb-09"], "there are: cb-01"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(desk: Desk, words: list[str], sentence: str):
    desk.do("add", "cb-01", "--role", "clerk")
    code, said = desk.do(*words)
    assert code == 78
    assert sentence in said
    assert said.count("\n") == 1
    assert len(desk.accounts.all()) == 1
