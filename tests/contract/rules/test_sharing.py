"""Rules 3.2 and 3.3: services move between counters while people wait, and so do clerks."""

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


def test_one_service_more_or_less_leaves_what_somebody_else_moved(hall):
    accepted(hall.unit(1).asks("assign", services=["A"]))
    assert accepted(hall.manager.asks("assign", counter=1, take=["C"]))["services"] == ["A", "C"]
    assert accepted(hall.unit(1).asks("assign", take=["B"]))["services"] == ["A", "C", "B"]
    assert accepted(hall.unit(1).asks("assign", drop=["A"]))["services"] == ["C", "B"]
    refused(hall.unit(1).asks("assign", drop=["B", "C"]), "no-services")
    assert "Z" in refused(hall.unit(1).asks("assign", drop=["Z"]), "unknown-service")
    assert hall.states()["state/counter/1"]["services"] == ["C", "B"]


def test_what_cannot_be_assigned(hall):
    before = hall.states()
    refused(hall.unit(1).asks("assign", services=[]), "no-services")
    assert "Z" in refused(hall.unit(1).asks("assign", services=["A", "Z"]), "unknown-service")
    refused(hall.manager.asks("assign", counter=99, services=["A"]), "unknown-counter")
    refused(hall.manager.asks("assign", services=["A"]), "no-counter")
    assert hall.states() == before


# -- 3.3: somebody else sits there ------------------------------------------------------------------------------


def test_a_clerk_is_swapped_and_nothing_else_changes(hall, ear):
    number = hall.serving(2, "B")
    state = accepted(hall.manager.asks("assign", counter=2, who="cb-07"))
    assert (state["on_duty"], state["services"], state["ticket"]) == ("cb-07", ["A", "B"], number)
    event = ear.hears("event/services-assigned", counter=2)
    assert (event.data["who"], event.data["services"], event.data["by"]) == ("cb-07", ["A", "B"], "ql-01")
    assert event.data["half"].endswith(("/morning", "/afternoon"))
    assert hall.states()["state/counter/2"]["on_duty"] == "cb-07"


def test_a_clerk_says_it_of_the_own_counter_with_services_or_without(hall):
    state = accepted(hall.clerk(1).asks("assign", who="cb-08", services=["B"]))
    assert (state["on_duty"], state["services"]) == ("cb-08", ["B"])
    state = accepted(hall.unit(1).asks("assign", services=["A", "B"]))
    assert (state["on_duty"], state["services"]) == ("cb-08", ["A", "B"])


def test_it_can_be_undone(hall):
    before = hall.states()["state/counter/4"]["on_duty"]
    accepted(hall.unit(4).asks("assign", who="cb-09"))
    assert accepted(hall.unit(4).asks("undo"))["on_duty"] == before


def test_a_name_is_no_pseudonym_and_nothing_is_nothing(hall):
    reply = hall.manager.asks("assign", counter=1, who="Nguyễn Văn A")
    assert (reply.body["status"], reply.body["reason"]) == ("error", "bad-message")
    refused(hall.manager.asks("assign", counter=1), "no-services")
    refused(hall.kiosk.asks("assign", who="cb-07"), "not-allowed")
