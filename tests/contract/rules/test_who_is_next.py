"""Rules 2.1 to 2.4 and 3.1: who is called, by which rule, who may change that, and what is counted of it."""

from tests.contract.rules.conftest import order_at, two_ordinary_calls
from tests.contract.rules.sites import site, zone_where_it_is
from tests.whole.hall import accepted, refused

LATE = 46 * 60.0
#: Every class of the rulebook, and what takes priority back.
CLASSES = ["elderly", "disabled", "pregnant", "merit", "with-child", "other"]


def call_of(ear, number):
    """What the log says of the call of a number."""
    return ear.hears("event/ticket-called", ticket=number).data


def test_the_oldest_goes_first_and_the_log_says_so(hall, ear):
    first, second = hall.earlier("A", seconds_ago=130), hall.number("B")
    assert order_at(hall, 1) == [first, second]
    said = call_of(ear, first)
    assert (said["policy"], said["why"]["vi"]) == ("oldest", "Gọi người chờ lâu nhất, đã chờ 2 phút.")
    assert said["why"]["en"] == "Whoever waits longest: 2 minutes."


def test_two_ordinary_calls_then_one_of_priority(hall, ear):
    """A010 to A012 wait, then A015 and A016 come with priority: A015, A010, A011, A016, A012."""
    two_ordinary_calls(hall)
    normal = hall.numbers("A", 3)
    favoured = [hall.number("A", priority=True) for _ in range(2)]
    assert order_at(hall, 1) == [favoured[0], normal[0], normal[1], favoured[1], normal[2]]
    said = call_of(ear, favoured[1])
    assert (said["policy"], said["priority"]) == ("priority", True)
    assert said["why"]["vi"] == "Gọi người thuộc diện ưu tiên: sau mỗi 2 lượt thường có một lượt ưu tiên."


def test_priority_does_not_starve_the_others(hall):
    """Eight come with priority after five without: the last of the five is the eighth to be called."""
    two_ordinary_calls(hall)
    normal = hall.numbers("A", 5)
    favoured = [hall.number("A", priority=True) for _ in range(8)]
    order = order_at(hall, 1)
    assert [number for number in order if number in normal] == normal
    assert order.index(normal[-1]) == 7
    assert [number for number in order if number in favoured] == favoured


def test_whoever_waited_too_long_goes_before_everybody(hall, ear):
    late = hall.earlier("A", seconds_ago=LATE)
    hall.number("A", priority=True)
    assert accepted(hall.unit(1).asks("next"))["ticket"] == late
    said = call_of(ear, late)
    assert (said["policy"], said["why"]["vi"]) == ("max-wait", "Gọi người đã chờ quá 45 phút trước mọi người khác.")


def test_in_order_of_preference(hall, ear):
    """Counter 3 serves C, then A; A030 (9:00), C011 (9:02), A031 (9:04), C012 (9:05)."""
    a30, c11 = hall.earlier("A", seconds_ago=300), hall.earlier("C", seconds_ago=180)
    a31, c12 = hall.earlier("A", seconds_ago=60), hall.number("C")
    assert order_at(hall, 3) == [c11, c12, a30, a31]
    said = call_of(ear, c11)
    assert (said["policy"], said["why"]["vi"]) == ("preference", "Gọi theo thứ tự lĩnh vực của quầy: Đất đai trước.")
    assert call_of(ear, a30)["policy"] == "oldest"


def test_the_same_people_at_a_counter_without_preference(hall):
    accepted(hall.manager.asks("assign", counter=1, services=["C", "A"]))
    a30, c11 = hall.earlier("A", seconds_ago=300), hall.earlier("C", seconds_ago=180)
    a31, c12 = hall.earlier("A", seconds_ago=60), hall.number("C")
    assert order_at(hall, 1) == [a30, c11, a31, c12]


def test_preference_makes_nobody_wait_for_ever(hall):
    late = hall.earlier("A", seconds_ago=LATE)
    hall.number("C")
    assert accepted(hall.unit(3).asks("next"))["ticket"] == late


def test_priority_is_granted_and_taken_back(hall, ear):
    first, favoured = hall.numbers("A", 2)
    for of in CLASSES:
        accepted(hall.greeter.asks("grant-priority", ticket=favoured, **{"class": of}))
        accepted(hall.greeter.asks("grant-priority", ticket=favoured, **{"class": of}))
        accepted(hall.greeter.asks("grant-priority", ticket=favoured, **{"class": "none"}))
    assert order_at(hall, 1) == [first, favoured]
    ear.hears("event/ticket-called", ticket=favoured)
    granted = [event.data["priority"] for event in ear.on("event/priority-granted")]
    assert granted == [True, False] * len(CLASSES), "what is so already is no event"
    assert not [h for h in ear.heard if any(of in h.payload for of in CLASSES[:-1])], "why is nobody's business"


def test_the_wall_says_priority_and_not_why(hall, ear):
    number = hall.number("A", priority=True, **{"class": "pregnant"}, language="hmn")
    accepted(hall.unit(1).asks("next"))
    ear.shows("board", ear.hears("event/ticket-called", ticket=number))
    assert hall.states()["state/board"]["calls"][0]["priority"] is True
    assert hall.states()["state/counter/1"]["priority"] is True
    assert not [h for h in ear.heard if "pregnant" in h.payload or "hmn" in h.payload]


def test_a_class_that_is_none(hall):
    number = hall.number("A")
    for of in ("vip", "", "Elderly"):
        refused(hall.greeter.asks("grant-priority", ticket=number, **{"class": of}), "unknown-class")
        refused(hall.kiosk.asks("issue", service="A", priority=True, **{"class": of}), "unknown-class")
    accepted(hall.manager.asks("void", ticket=number, reason="x"))
    refused(hall.greeter.asks("grant-priority", ticket=number, **{"class": "other"}), "ticket-ended")
    refused(hall.greeter.asks("grant-priority", ticket="A499", **{"class": "other"}), "unknown-ticket")


def test_a_site_says_who_may_grant_it(make_hall):
    hall = make_hall(site(zone=zone_where_it_is(10), more='\n[priority]\ngranted_by = ["greeter"]\n'))
    number, [paper] = hall.number("A"), ["A002"]
    log = hall.log()
    refused(hall.kiosk.asks("issue", service="A", priority=True), "priority-not-here")
    refused(hall.clerk(1).asks("grant-priority", ticket=number, **{"class": "elderly"}), "priority-not-here")
    typed = {"ticket": paper, "service": "A", "priority": True}
    refused(hall.clerk(1).asks("issued-offline", **typed), "priority-not-here")
    assert hall.log() == log
    accepted(hall.greeter.asks("grant-priority", ticket=number, **{"class": "elderly"}))
    accepted(hall.manager.asks("grant-priority", ticket=number, **{"class": "none"}))
    accepted(hall.greeter.asks("issued-offline", **typed))


def test_out_of_turn_with_a_reason(hall, ear):
    first, *others = hall.numbers("A", 5)
    for other, reason in zip(others, ["companion", "urgent", "overlooked", "ordered"], strict=True):
        assert accepted(hall.clerk(1).asks("call", ticket=other, reason=reason))["ticket"] == other
        said = call_of(ear, other)
        assert (said["policy"], said["reason"], said["by"]) == ("out-of-order", reason, "cb-01")
        assert said["why"]["vi"].startswith("Cán bộ gọi trước lượt. Lý do: ")
    assert accepted(hall.unit(2).asks("next"))["ticket"] == first


def test_out_of_turn_without_a_reason_nobody_is_called(hall):
    _, other = hall.numbers("A", 2)
    before = hall.states()
    assert "companion" in refused(hall.unit(1).asks("call", ticket=other), "reason-needed")
    refused(hall.unit(1).asks("call", ticket=other, reason="because"), "unknown-reason")
    assert hall.states() == before


def test_whose_turn_it_is_needs_no_reason(hall, ear):
    first, _ = hall.numbers("A", 2)
    assert accepted(hall.unit(1).asks("call", ticket=first))["ticket"] == first
    assert call_of(ear, first)["policy"] == "oldest"


def test_who_stands_here_or_elsewhere_or_has_ended_is_not_called(hall):
    here, there, ended = (hall.serving(n, "A") for n in (1, 2, 3))
    accepted(hall.unit(3).asks("finish"))
    refused(hall.unit(1).asks("call", ticket=here, reason="urgent"), "already-here")
    for number in (there, ended):
        assert number in refused(hall.unit(1).asks("call", ticket=number, reason="urgent"), "not-callable")


def test_three_things_are_counted_per_account(hall):
    """`cb-77`: a call out of turn and a priority, taken back later; `hd-77`: two voids and a priority."""
    clerk, greeter = hall.clerk(1, "cb-77"), hall.greeter
    numbers = hall.numbers("A", 4)
    accepted(clerk.asks("call", ticket=numbers[1], reason="urgent"))
    accepted(clerk.asks("grant-priority", ticket=numbers[2], **{"class": "elderly"}))
    accepted(clerk.asks("grant-priority", ticket=numbers[2], **{"class": "none"}))
    accepted(greeter.asks("void", clerk="hd-77", ticket=numbers[2], to=numbers[3], reason="về rồi"))
    accepted(greeter.asks("issue", clerk="hd-77", service="A", priority=True))
    accepted(clerk.asks("next"))
    counted = hall.states()["state/day"]["account"]["by_account"]
    assert counted["cb-77"] == {"out_of_order": 1, "priorities": 1, "voids": 0}
    assert counted["hd-77"] == {"out_of_order": 0, "priorities": 1, "voids": 2}
