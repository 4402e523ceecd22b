"""What `moiso status` says of the queue, in both languages."""

import pytest

from centre.hall import Hall, Names, hall_lines
from moiso.texts import LANGUAGES, catalogue
from moiso.wire.messages import Account, Alarm, Board, CounterState, DayState, ServiceLine

NAMES = Names(services={"A": "Chứng thực", "B": "Hộ tịch"}, counters={2: "Quầy 2", 4: "Quầy 4"})
SNAPSHOT = {"log": "l", "seq": 1, "at": "", "day": "2026-11-23"}


def day(waiting=3, **changes):
    counts = dict.fromkeys(("issued", "served", "inferred", "absent", "void", "expired", "at_counters"), 0)
    account = Account(**counts, waiting=waiting, leased=[])
    return DayState(**SNAPSHOT | {"label": "2026-11-23", "open": True, "account": account} | changes)


def board(**states):
    lines = [
        ServiceLine(code=code, name=code, waiting=7, promise=None, counters_open=0, state=state)
        for code, state in states.items()
    ]
    return Board(**SNAPSHOT, calls=[], services=lines)


def counter(number=2, **changes):
    given = {"counter": number, "label": f"Quầy {number}", "state": "open", "ticket": None, "phase": None}
    return CounterState(**SNAPSHOT | given | {"since": None, "waiting": 5, "held": [], "services": ["A"]} | changes)


def lines(language="vi", *, of=None, of_board=None, counters=()):
    hall = Hall(day=of, board=of_board, counters={state.counter: state for state in counters})
    return list(hall_lines(hall, NAMES, catalogue(language).text))


def the_line(language="vi", **said):
    """The only line about the queue when the day is not told of."""
    (line,) = lines(language, **said)
    return line


def test_of_a_centre_that_says_nothing_nothing_is_said():
    assert lines() == []


def test_a_calm_day_is_one_good_line():
    assert lines(of=day(), of_board=board(A="open", B="unstaffed"), counters=[counter()]) == [
        (True, "Ngày làm việc 2026-11-23 đang mở, 3 người đang chờ.")
    ]


@pytest.mark.parametrize(
    ("changes", "well", "words"),
    [
        ({"ask": True}, False, "Không rõ ngày 2026-11-23"),
        ({"open": False}, True, "Chưa mở ngày làm việc"),
        ({"training": True, "label": "training-41"}, True, "tập huấn"),
        ({"training": True, "overtime": True}, True, "tập huấn"),
        ({"overtime": True}, True, "thêm giờ: không cấp số mới, còn 3 người"),
        ({"overtime": True, "ask": True}, False, "Không rõ ngày"),
    ],
)
def test_the_day_is_said_first(changes, well, words):
    good, sentence = lines(of=day(**changes))[0]
    assert (good, words in sentence) == (well, True)


def test_the_label_of_a_training_day_is_nobodys_word():
    assert "training-41" not in the_line(of=day(training=True, label="training-41"))[1]


def test_a_service_without_anybody_is_named_with_the_counters_that_could_take_it():
    alarm = Alarm(service="B", waiting=6, counters=[2, 4])
    _, (well, sentence) = lines(of=day(alarms=[alarm]))
    assert not well
    assert "Hộ tịch: 6 người" in sentence
    assert "Quầy 2, Quầy 4 có thể nhận" in sentence


def test_when_no_counter_could_take_it_somebody_must_be_found():
    _, (well, sentence) = lines(of=day(alarms=[Alarm(service="Z", waiting=1, counters=[])]))
    assert not well
    assert "Z: 1 người" in sentence
    assert "bố trí cán bộ" in sentence


def test_a_suspended_service_is_named_with_how_to_end_it():
    well, sentence = the_line(of_board=board(A="open", B="suspended"))
    assert not well
    assert sentence.startswith("Lĩnh vực Hộ tịch đang tạm gián đoạn, 7 người đang chờ")
    assert "restore-service" in sentence


def test_a_silent_open_counter_is_named():
    well, sentence = the_line(counters=[counter(2), counter(4, idle=True)])
    assert not well
    assert sentence.startswith("Quầy 4 đang mở nhưng không bấm gọi trong khi 5 người")


def test_who_is_held_is_named_once_whatever_many_counters_serve_them():
    well, sentence = the_line(counters=[counter(2, held=["A009", "A003"]), counter(4, held=["A003", "B001"])])
    assert well
    assert sentence.startswith("Đang giữ chỗ cho 3 người: A003, A009, B001.")


def test_whoever_closes_the_day_is_told_to_choose():
    _, (well, sentence) = lines(of=day(leftover=["A004", "A007"]))
    assert well
    assert sentence.startswith("Còn 2 người chưa xong: A004, A007.")
    assert all(choice in sentence for choice in ("overtime", "carry-over", "expire"))


def test_a_training_day_asks_for_no_choice():
    assert len(lines(of=day(training=True, leftover=["A9004"]))) == 1


@pytest.mark.parametrize(("n", "ending"), [(10, "A010."), (11, "A010, …")])
def test_of_many_numbers_the_first_ten_are_named(n, ending):
    _, (_, sentence) = lines(of=day(leftover=[f"A{i:03}" for i in range(1, n + 1)]))
    assert f"Còn {n} người" in sentence
    assert ending in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_at_once_has_a_line_each(language):
    alarms = [Alarm(service="A", waiting=2, counters=[4]), Alarm(service="B", waiting=1, counters=[])]
    said = lines(
        language,
        of=day(overtime=True, alarms=alarms, leftover=["A004"]),
        of_board=board(A="suspended", B="suspended"),
        counters=[counter(2, idle=True), counter(4, idle=True, held=["A009"])],
    )
    assert [well for well, _ in said] == [True, *[False] * 6, True, True]
    assert len({sentence for _, sentence in said}) == 9
