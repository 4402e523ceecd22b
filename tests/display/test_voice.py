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


tickets = st.sampled_from([f"A{n:03}" for n in range(8)])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("call"), tickets, st.integers(1, 4), st.floats(0, 40)),
        st.tuples(st.just("recall"), tickets, st.integers(1, 4), st.floats(0, 40)),
        st.tuples(st.just("over")),
        st.tuples(st.just("failed")),
        st.tuples(st.just("wait"), st.floats(0, 20)),
    ),
    max_size=40,
)


@given(steps, st.sampled_from([0, 50, 100]))
def test_never_two_at_once_and_every_call_spoken_or_reported(history, volume):
    queue, now, playing, owed = VoiceQueue(BANK, volume=volume), 0.0, None, {}
    for kind, *arguments in [*history, *[("over",)] * 20]:
        failed = None
        if kind == "wait":
            now += arguments[0]
            outputs = queue.tick(now)
        elif kind in ("over", "failed"):
            if not playing:
                continue
            failed, playing = playing, None
            outputs = queue.over(now) if kind == "over" else queue.failed(now)
        else:
            ticket, counter, age = arguments
            owed[ticket] = counter
            outputs = getattr(queue, kind)(ticket, counter, now, age)
        for output in outputs:
            if isinstance(output, Speak):
                assert not playing
                playing = output
            if isinstance(output, Skipped) and output.why == "no-sound":
                assert (output.ticket, output.counter, True) == (failed.ticket, failed.counter, failed.first)
            elif isinstance(output, Skipped) or output.first:
                assert output.counter == owed.pop(output.ticket)
    assert owed == {}
    assert not playing
