"""A press that sends somebody away says whom, and sends nobody else."""

import pytest
from msgspec import UNSET

from moiso.core import commands as ask
from moiso.core.asking import Rejected
from moiso.core.centre import Centre, new_centre
from moiso.core.decide import decide
from moiso.core.evolve import evolve
from moiso.core.roles import Role, Sender
from moiso.core.rules import Desk, Rules, Service

RULES = Rules(
    services=(Service(code="A", name="Chứng thực"),), desks=(Desk(number=1, label="Quầy 1", services=("A",)),)
)
CLERK = Sender(device="counter-1", role=Role.CLERK, counter=1)


def do(centre: Centre, command: ask.Command, by: Sender = CLERK) -> list[object]:
    events = decide(centre, command, by, 100.0)
    for event in events:
        evolve(centre, event, seq=centre.seq + 1, at=100.0, day="2026-11-23")
    return events


@pytest.fixture
def centre() -> Centre:
    """A001 is called to counter 1."""
    made = new_centre(RULES)
    do(made, ask.OpenDay(), Sender(device="web", role=Role.MANAGER))
    do(made, ask.IssueTicket(service="A"), Sender(device="kiosk-1", role=Role.KIOSK, press="p1"))
    do(made, ask.CallNext())
    return made


@pytest.mark.parametrize("after", ["A001", UNSET])
def test_no_show_ends_the_turn_of_whom_it_means(centre, after):
    assert [event.ticket for event in do(centre, ask.MarkAbsent(after=after))] == ["A001"]


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (ask.CallNext, {}),
        (ask.CallTicket, {"ticket": "A002"}),
        (ask.RecallTicket, {}),
        (ask.StartService, {"dossiers": 3}),
        (ask.FinishService, {"outcome": "missing-papers"}),
        (ask.MarkAbsent, {}),
        (ask.HoldTicket, {}),
        (ask.ResumeTicket, {"ticket": "A002"}),
        (ask.TransferTicket, {"service": "A"}),
        (ask.PauseCounter, {}),
        (ask.CloseCounter, {}),
    ],
)
@pytest.mark.parametrize("after", ["A002", None])
def test_nobody_else_is_meant(centre, command, more, after):
    """A call unit has called A001 meanwhile: what the page says of somebody else, or of nobody, is not about A001."""
    with pytest.raises(Rejected, match="stale") as why:
        do(centre, command(after=after, **more))
    assert why.value.params == {"ticket": "A001"}
