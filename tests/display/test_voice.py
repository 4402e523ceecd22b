from hypothesis import given
from hypothesis import strategies as st

from display.clips import vocabulary
from display.phrases import CHIME, Reading, as_text, call_sentence
from display.voice import Skipped, Speak, VoiceQueue

BANK = vocabulary()


def spoken(outputs):
    return [output for output in outputs if isinstance(output, Speak)]


def skipped(outputs):
    return [(output.ticket, output.why) for output in outputs if isinstance(output, Skipped)]


def play_out(queue, outputs, now=0.0, step=5.0):
    """Let a player need `step` seconds for each reading, until nothing is left; return all outputs."""
    log = list(outputs)
    while queue.speaking:
        now += step
        log += queue.over(now)
    return log


def readings(outputs):
    return [(speak.ticket, "first" if speak.first else "second") for speak in spoken(outputs)]


def test_an_idle_voice_speaks_at_once_with_the_chime_first():
    (speak,) = VoiceQueue(BANK, volume=70).call("A012", 3, now=0.0)
    assert speak.clips == (CHIME, *call_sentence("A012", 3))
    assert speak.text == "Mời công dân có số thứ tự A, không một hai, đến quầy số ba."
    assert (speak.ticket, speak.counter, speak.volume, speak.first) == ("A012", 3, 70, True)


def test_the_sentence_is_read_twice_and_the_chime_sounds_once():
    queue = VoiceQueue(BANK)
    first, second = spoken(play_out(queue, queue.call("A012", 3, 0.0)))
    assert second.clips == first.clips[1:]
    assert not second.first


def test_two_counters_at_once_are_spoken_one_after_the_other():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A012", 3, 0.0)
    assert queue.call("B007", 1, 0.0) == []
    assert readings(play_out(queue, outputs)) == [("A012", "first"), ("B007", "first"), ("B007", "second")]


def test_a_call_during_the_second_reading_waits_for_its_end():
    queue = VoiceQueue(BANK)
    queue.call("A012", 3, 0.0)
    (second,) = queue.over(5.0)
    assert queue.call("B007", 1, 6.0) == []
    assert queue.speaking == second
    assert readings(queue.over(10.0)) == [("B007", "first")]


def test_calls_keep_their_order():
    queue = VoiceQueue(BANK)
    outputs = [output for n in range(6) for output in queue.call(f"A00{n}", n, 0.0)]
    log = play_out(queue, outputs)
    assert [speak.ticket for speak in spoken(log) if speak.first] == [f"A00{n}" for n in range(6)]


def test_a_call_too_old_when_it_comes_is_skipped():
    queue = VoiceQueue(BANK, speak_within=30.0)
    assert queue.call("A012", 3, now=100.0, age=30.5) == [Skipped("A012", 3, "late")]
    assert queue.speaking is None


def test_a_call_that_grows_too_old_in_the_queue_is_skipped_while_others_speak():
    queue = VoiceQueue(BANK, speak_within=30.0)
    queue.call("A001", 1, 0.0)
    queue.call("A002", 2, 0.0, age=20.0)
    assert queue.tick(10.0) == []
    assert queue.tick(10.1) == [Skipped("A002", 2, "late")]


def test_only_what_still_waits_costs_the_second_reading():
    queue = VoiceQueue(BANK, speak_within=30.0)
    queue.call("A001", 1, 0.0)
    queue.call("A002", 2, 0.0, age=29.0)
    outputs = queue.over(5.0)
    assert skipped(outputs) == [("A002", "late")]
    assert readings(outputs) == [("A001", "second")]


def test_a_clock_ahead_of_ours_makes_no_call_younger_than_now():
    queue = VoiceQueue(BANK, speak_within=30.0)
    queue.call("A001", 1, 0.0)
    queue.call("A002", 2, 0.0, age=-500.0)
    assert skipped(queue.tick(31.0)) == [("A002", "late")]


def test_a_recall_says_that_it_is_one_and_replaces_nothing():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A012", 3, 0.0) + queue.call("B007", 1, 0.0) + queue.recall("A012", 3, 1.0)
    texts = [speak.text for speak in spoken(play_out(queue, outputs))]
    once, again = as_text(call_sentence("A012", 3)), "mời công dân có số thứ tự A, không một hai, đến quầy số ba."
    assert texts == [once, as_text(call_sentence("B007", 1)), f"Xin nhắc lại, {again}", once]


def test_a_recall_of_a_call_not_yet_spoken_refreshes_it():
    queue = VoiceQueue(BANK, speak_within=30.0)
    outputs = queue.call("A001", 1, 0.0) + queue.call("A002", 2, 0.0) + queue.recall("A002", 2, 25.0)
    outputs += queue.tick(40.0)
    log = play_out(queue, outputs, now=40.0)
    assert skipped(log) == []
    assert [speak.text for speak in spoken(log)] == [
        as_text(call_sentence("A001", 1)),
        as_text(call_sentence("A002", 2)),
        as_text(call_sentence("A002", 2)),
    ]


def test_a_ticket_called_to_another_counter_before_it_was_spoken_is_sent_there_only():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A001", 1, 0.0) + queue.call("A002", 2, 0.0) + queue.call("A002", 4, 1.0)
    log = play_out(queue, outputs)
    assert [speak.counter for speak in spoken(log) if speak.ticket == "A002"] == [4, 4]


def test_volume_zero_is_visibly_not_spoken():
    queue = VoiceQueue(BANK, volume=0)
    assert queue.call("A012", 3, 0.0) == [Skipped("A012", 3, "quiet")]


def test_every_reading_has_the_volume_that_was_set():
    queue = VoiceQueue(BANK, volume=40)
    assert [speak.volume for speak in spoken(queue.call("A013", 3, 1.0))] == [40]


def test_without_clips_the_chime_sounds_and_the_call_is_reported():
    queue = VoiceQueue([CHIME])
    log = play_out(queue, queue.call("A012", 3, 0.0))
    assert skipped(log) == [("A012", "no-voice")]
    assert [(speak.clips, speak.text) for speak in spoken(log)] == [((CHIME,), "")]


def test_a_ticket_with_a_sign_no_clip_says_is_never_read_without_it():
    queue = VoiceQueue(BANK)
    log = play_out(queue, queue.call("Đ012", 3, 0.0))
    assert skipped(log) == [("Đ012", "no-voice")]
    assert [speak.clips for speak in spoken(log)] == [(CHIME,)]


def test_the_test_announcement_waits_its_turn_and_is_read_once():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A012", 3, 0.0) + queue.test(0.0) + queue.test(0.1)
    log = play_out(queue, outputs)
    assert readings(log) == [("A012", "first"), (None, "first")]
    assert spoken(log)[1].text == "Đây là thông báo thử loa. Một hai ba bốn năm."


def test_a_player_that_refuses_is_reported_and_the_next_tried():
    queue = VoiceQueue(BANK)
    queue.call("A001", 1, 0.0)
    queue.call("A002", 2, 0.0)
    outputs = queue.failed(0.1)
    assert skipped(outputs) == [("A001", "no-sound")]
    assert readings(outputs) == [("A002", "first")]


def test_a_refused_second_reading_is_not_a_call_unheard():
    queue = VoiceQueue(BANK)
    queue.call("A001", 1, 0.0)
    queue.over(5.0)
    assert queue.failed(5.1) == []


def test_the_reading_of_the_site_is_used():
    queue = VoiceQueue(BANK, reading=Reading("hybrid", "south"))
    (speak,) = spoken(queue.call("A025", 101, 0.0))
    assert speak.text == "Mời công dân có số thứ tự A, không hai mươi lăm, đến quầy số một trăm lẻ một."


def test_a_call_withdrawn_while_it_waits_is_neither_spoken_nor_reported():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A001", 1, 0.0, seq=11) + queue.call("A002", 2, 0.0, seq=12)
    assert queue.calls == [("A001", 11), ("A002", 12)]
    assert queue.withdraw([12, 13]) == {"A002"}
    log = play_out(queue, outputs)
    assert (readings(log), skipped(log)) == ([("A001", "first"), ("A001", "second")], [])


def test_a_call_withdrawn_while_it_is_spoken_is_not_read_again():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A001", 1, 0.0, seq=11)
    assert queue.withdraw([11]) == set()
    assert readings(play_out(queue, outputs)) == [("A001", "first")]


def test_a_call_that_was_only_repeated_is_still_the_same_call():
    queue = VoiceQueue(BANK)
    queue.call("A001", 1, 0.0, seq=11)
    queue.call("A002", 2, 0.0, seq=12)
    queue.recall("A002", 2, 1.0, seq=13)
    assert queue.withdraw([13]) == set()
    assert queue.withdraw([12]) == {"A002"}


def test_a_request_to_wait_is_read_once_behind_what_waits():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A001", 1, 0.0) + queue.call("A002", 2, 0.0) + queue.please_wait("A001", 1.0)
    log = spoken(play_out(queue, outputs))
    assert [(speak.ticket, speak.counter, speak.first) for speak in log] == [
        ("A001", 1, True),
        ("A002", 2, True),
        ("A001", None, True),
    ]


def test_whoever_still_waits_to_be_called_is_not_asked_to_wait():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A001", 1, 0.0) + queue.call("A002", 2, 0.0) + queue.please_wait("A002", 1.0)
    log = spoken(play_out(queue, outputs))
    assert [(speak.ticket, speak.counter) for speak in log] == [("A001", 1), ("A002", 2), ("A002", 2)]


def test_a_request_to_wait_grows_too_old_like_a_call():
    queue = VoiceQueue(BANK, speak_within=30.0)
    queue.call("A001", 1, 0.0)
    queue.please_wait("A002", 0.0)
    assert queue.tick(30.5) == [Skipped("A002", None, "late")]


def test_a_word_about_the_break_is_read_once():
    queue = VoiceQueue(BANK)
    assert queue.idle
    outputs = queue.tell("before-lunch", ("A045",), 0.0)
    assert not queue.idle
    assert readings(play_out(queue, outputs)) == [(None, "first")]


def test_practice_is_said_at_each_reading_of_what_is_practice():
    queue = VoiceQueue(BANK)
    outputs = queue.call("A9001", 1, 0.0, training=True)
    log = spoken(play_out(queue, outputs))
    assert [speak.text.startswith("Tập huấn. Mời") for speak in log] == [True, True]
    (recall,) = queue.recall("A9001", 1, 60.0, training=True)
    assert recall.text.startswith("Tập huấn. Xin nhắc lại, mời")
    queue.over(61.0)
    queue.over(62.0)
    (wait,) = queue.please_wait("A9001", 70.0, training=True)
    assert wait.text == "Tập huấn. Số A, chín không không một, vui lòng chờ."


tickets = st.sampled_from([f"A{n:03}" for n in range(8)])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("call"), tickets, st.integers(1, 4), st.floats(0, 40)),
        st.tuples(st.just("recall"), tickets, st.integers(1, 4), st.floats(0, 40)),
        st.tuples(st.just("please_wait"), tickets, st.none(), st.floats(0, 40)),
        st.tuples(st.just("withdraw"), tickets),
        st.tuples(st.just("over")),
        st.tuples(st.just("failed")),
        st.tuples(st.just("wait"), st.floats(0, 20)),
    ),
    max_size=40,
)


class Ledger:
    """What the queue owes: each call once spoken, reported or withdrawn, never two sounds at once."""

    def __init__(self):
        self.owed, self.seq, self.playing = {}, {}, None

    def called(self, kind, ticket, counter, step):
        if kind == "call" or ticket not in self.owed:
            self.seq[ticket] = step
        self.owed[ticket] = counter

    def settle(self, output, failed):
        if isinstance(output, Speak):
            assert not self.playing
            self.playing = output
        if isinstance(output, Skipped) and output.why == "no-sound":
            assert (output.ticket, output.counter, True) == (failed.ticket, failed.counter, failed.first)
        elif output.counter is not None and (isinstance(output, Skipped) or output.first):
            assert output.counter == self.owed.pop(output.ticket)


@given(steps, st.sampled_from([0, 50, 100]))
def test_never_two_at_once_and_every_call_spoken_reported_or_withdrawn(history, volume):
    queue, now, ledger = VoiceQueue(BANK, volume=volume), 0.0, Ledger()
    for step, (kind, *arguments) in enumerate([*history, *[("over",)] * 20], start=1):
        failed, outputs = None, []
        if kind == "wait":
            now += arguments[0]
            outputs = queue.tick(now)
        elif kind in ("over", "failed"):
            if not ledger.playing:
                continue
            failed, ledger.playing = ledger.playing, None
            outputs = getattr(queue, kind)(now)
        elif kind == "withdraw":
            for ticket in queue.withdraw([ledger.seq.get(arguments[0], -1)]):
                del ledger.owed[ticket]
        elif kind == "please_wait":
            outputs = queue.please_wait(arguments[0], now, arguments[2])
        else:
            ticket, counter, age = arguments
            ledger.called(kind, ticket, counter, step)
            outputs = getattr(queue, kind)(ticket, counter, now, age, seq=step)
        for output in outputs:
            ledger.settle(output, failed)
    assert ledger.owed == {}
    assert not ledger.playing
