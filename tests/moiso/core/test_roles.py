"""Who may do what, cell by cell, written by hand from section 4 of the design."""

import pytest

from moiso.core.commands import AT_COUNTER, COMMANDS
from moiso.core.roles import Role, may

#             kiosk greeter clerk manager reader
CELLS = """
issue          yes    yes    no     no     no
printed        yes    no     no     no     no
print-failed   yes    no     no     no     no
reprint        yes    yes    yes    yes    no
lease          yes    no     no     no     no
issued-offline yes    yes    yes    yes    no
void           yes    yes    no     yes    no
served-offline no     yes    yes    yes    no
return         yes    yes    yes    no     no
grant-priority no     yes    yes    yes    no
next           no     no     yes    no     no
call           no     no     yes    no     no
recall         no     no     yes    no     no
start          no     no     yes    no     no
finish         no     no     yes    no     no
no-show        no     no     yes    no     no
hold           no     no     yes    no     no
resume         no     no     yes    no     no
transfer       no     no     yes    no     no
undo           no     yes    yes    yes    no
assign         no     no     yes    yes    no
open           no     no     yes    no     no
pause          no     no     yes    no     no
close          no     no     yes    no     no
suspend-service no    yes    yes    yes    no
restore-service no    yes    yes    yes    no
notice         no     no     no     yes    no
open-day       no     no     no     yes    no
close-day      no     no     no     yes    no
reopen-day     no     no     no     yes    no
replay         yes    yes    yes    yes    yes
"""
COLUMNS = (Role.KIOSK, Role.GREETER, Role.CLERK, Role.MANAGER, Role.READER)
ROWS = [line.split() for line in CELLS.strip().splitlines()]
TABLE = [(row[0], role, cell == "yes") for row in ROWS for role, cell in zip(COLUMNS, row[1:], strict=True)]


@pytest.mark.parametrize(("command", "role", "allowed"), TABLE)
def test_cell(command: str, role: Role, allowed: bool) -> None:
    assert may(role, command, greeter=True) == allowed


@pytest.mark.parametrize(("command", "role", "allowed"), TABLE)
def test_cell_at_a_site_without_a_greeter(command: str, role: Role, allowed: bool) -> None:
    gets_the_greeters_work = role is Role.CLERK and command in {"issue", "void"}
    assert may(role, command, greeter=False) == (allowed or gets_the_greeters_work)


def test_the_table_has_every_command_of_the_wire() -> None:
    assert [row[0] for row in ROWS] == [*COMMANDS, "replay"]


def test_the_counters_commands_are_the_clerks() -> None:
    clerks = {command for command, role, allowed in TABLE if role is Role.CLERK and allowed}
    assert clerks >= AT_COUNTER
    others = {command for command, role, allowed in TABLE if role in {Role.KIOSK, Role.READER} and allowed}
    assert not others & AT_COUNTER
