"""Rule 3.2: services move between counters while people wait."""

from tests.whole.hall import accepted, refused


def test_a_free_counter_takes_a_long_line_at_once(hall, ear):
    waiting = hall.numbers("C", 3)
    assert accepted(hall.unit(2).asks("next"))["ticket"] is None
    state = accepted(hall.unit(2).asks("assign", services=["A", "B", "C"]))
    assert (state["services"], state["waiting"]) == (["A", "B", "C"], 3)
    event = ear.hears("event/services-assigned", counter=2)
    assert (event.data["services"], event.data["half"], event.data["who"]) == (["A", "B", "C"], None, None)
    assert ear.shows("services", event).body["services"][2]["counters"] == [2]
    assert accepted(hall.unit(2).asks("next"))["ticket"] == waiting[0]


def test_the_manager_does_it_for_any_counter(hall):
    accepted(hall.manager.asks("assign", counter=1, services=["C"]))
    assert hall.states()["state/counter/1"]["services"] == ["C"]


def test_whoever_is_at_the_counter_is_served_to_the_end(hall):
    number = hall.serving(1, "B")
    state = accepted(hall.unit(1).asks("assign", services=["A"]))
    assert (state["ticket"], state["phase"]) == (number, "serving")
    assert accepted(hall.unit(1).asks("finish"))["ticket"] is None


def test_nobody_is_stranded_when_the_last_counter_gives_a_service_up(hall, ear):
    waiting = hall.number("C")
    accepted(hall.unit(3).asks("open"))
    event = accepted(hall.unit(3).asks("assign", services=["A"]))
    assert event["services"] == ["A"]
    assert hall.states()["state/services"]["services"][2]["state"] == "unstaffed"
    accepted(hall.unit(3).asks("assign", services=["A", "C"]))
    assert accepted(hall.unit(3).asks("next"))["ticket"] == waiting


def test_said_twice_counts_once_and_the_same_is_no_change(hall, ear):
    assert accepted(hall.unit(1).asks("assign", services=["B", "A", "B"]))["services"] == ["B", "A"]
    accepted(hall.unit(1).asks("assign", services=["B", "A"]))
    accepted(hall.unit(1).asks("assign", services=["A", "B"]))
    ear.hears("event/services-assigned", services=["A", "B"])
    assert [e.data["services"] for e in ear.on("event/services-assigned")] == [["B", "A"], ["A", "B"]]


def test_what_cannot_be_assigned(hall):
    before = hall.states()
    refused(hall.unit(1).asks("assign", services=[]), "no-services")
    assert "Z" in refused(hall.unit(1).asks("assign", services=["A", "Z"]), "unknown-service")
    refused(hall.manager.asks("assign", counter=99, services=["A"]), "unknown-counter")
    refused(hall.manager.asks("assign", services=["A"]), "no-counter")
    assert hall.states() == before
