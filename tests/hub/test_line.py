"""Who waits for a counter, as its state names them: the first twelve, by the order of their presses."""

from typing import Any

import pytest

from tests.hub.desk import HubOnDesk


@pytest.fixture
def hub() -> HubOnDesk:
    return HubOnDesk()


def line(hub: HubOnDesk, counter: int) -> list[dict[str, Any]]:
    return list(hub.state(f"counter/{counter}")["line"])


def numbers(hub: HubOnDesk, counter: int) -> list[str]:
    return [waiting["ticket"] for waiting in line(hub, counter)]


def test_the_lines_of_a_counter_are_one_line(hub: HubOnDesk) -> None:
    for service in "BAAB":
        hub.issue(service)
        hub.wait(60)
    assert numbers(hub, 1) == ["B001", "A001", "A002", "B002"]
    assert numbers(hub, 2) == ["A001", "A002"], "counter 2 does not serve B"
    assert hub.next(1) == "B001"
    assert numbers(hub, 1) == ["A001", "A002", "B002"]


def test_each_is_named_with_service_priority_and_the_moment_of_the_press(hub: HubOnDesk) -> None:
    hub.issue("A")
    hub.wait(90)
    hub.issue("B", priority=True)
    assert line(hub, 1) == [
        {"ticket": "A001", "service": "A", "since": "2026-11-23T07:30:00.000+07:00", "priority": False},
        {"ticket": "B001", "service": "B", "since": "2026-11-23T07:31:30.000+07:00", "priority": True},
    ]


def test_a_long_line_is_cut_after_twelve(hub: HubOnDesk) -> None:
    for _ in range(15):
        hub.issue()
    assert numbers(hub, 1) == [f"A{n:03}" for n in range(1, 13)]
    assert hub.state("counter/1")["waiting"] == 15


def test_only_whom_the_counter_may_call_is_named(hub: HubOnDesk) -> None:
    for service in "AABB":
        hub.issue(service)
    hub.ask("counter-2", "open")
    assert hub.next(1) == "A001"
    hub.ask("counter-1", "transfer", service="A", counter=2)
    assert numbers(hub, 1) == ["A002", "B001", "B002"], "A001 waits for counter 2"
    assert numbers(hub, 2) == ["A001", "A002"]
    hub.ask("web", "suspend-service", role="clerk", clerk="hoa", service="B")
    assert numbers(hub, 1) == ["A002"], "nobody is called for a suspended service"


def test_many_who_were_sent_elsewhere_hide_nobody(hub: HubOnDesk) -> None:
    hub.ask("counter-2", "open")
    for _ in range(14):
        hub.issue()
        hub.next(1)
        hub.ask("counter-1", "transfer", service="A", counter=2)
    last = hub.issue()
    assert numbers(hub, 1) == [last]
    assert len(numbers(hub, 2)) == 12


def test_whoever_goes_behind_with_more_dossiers_waits_since_then(hub: HubOnDesk) -> None:
    for _ in range(2):
        hub.issue()
    hub.next(1)
    hub.wait(300)
    hub.ask("counter-1", "finish", more=True)
    assert numbers(hub, 1) == ["A002", "A001"]
    assert line(hub, 1)[1]["since"] == "2026-11-23T07:35:00.000+07:00"


def test_the_answer_to_a_press_names_them_too(hub: HubOnDesk) -> None:
    for _ in range(2):
        hub.issue()
    reply = hub.ask("counter-1", "next")
    assert [waiting["ticket"] for waiting in reply["data"]["line"]] == ["A002"]


def test_the_counter_says_what_its_visitor_has_come_for(hub: HubOnDesk) -> None:
    hub.issue("A")
    assert hub.state("counter/1")["service"] is None
    hub.next(1)
    assert hub.state("counter/1")["service"] == "A"
    hub.ask("counter-1", "transfer", service="B")
    hub.next(1)
    assert hub.state("counter/1") | {"ticket": "A001", "service": "B"} == hub.state("counter/1")
