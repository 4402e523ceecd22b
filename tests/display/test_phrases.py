import pytest
from hypothesis import given
from hypothesis import strategies as st

from display import phrases
from display.phrases import DIGITS, PAUSE, STOP, Reading

SOUTH = Reading(region="south")

NORTHERN = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    55: "năm mươi lăm",
    101: "một trăm linh một",
    104: "một trăm linh tư",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    204: "hai trăm linh tư",
    400: "bốn trăm",
    999: "chín trăm chín mươi chín",
    1000: "một nghìn",
    1005: "một nghìn không trăm linh năm",
    1015: "một nghìn không trăm mười lăm",
    1021: "một nghìn không trăm hai mươi mốt",
    5100: "năm nghìn một trăm",
}

SOUTHERN = {
    21: "hai mươi mốt",
    24: "hai mươi bốn",
    25: "hai mươi lăm",
    101: "một trăm lẻ một",
    105: "một trăm lẻ năm",
    204: "hai trăm lẻ bốn",
    1000: "một ngàn",
    1005: "một ngàn không trăm lẻ năm",
}

readings = st.builds(
    Reading,
    style=st.sampled_from(["digits", "number", "hybrid"]),
    region=st.sampled_from(["north", "south"]),
)
numbers = st.integers(0, 9999)


def clips_of(sentence):
    return [clip for clip in sentence if clip not in (PAUSE, STOP)]


def value_of(words):
    """Read number words back, knowing nothing of how they were made."""
    units = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
    total = pending = 0
    for word in words:
        if word in ("linh", "lẻ"):
            continue
        if word == "mười":
            total, pending = total + 10, 0
        elif word in ("mươi", "trăm", "nghìn", "ngàn"):
            total += pending * {"mươi": 10, "trăm": 100}.get(word, 1000)
            pending = 0
        else:
            pending = units[word]
    return total + pending


@pytest.mark.parametrize(("n", "words"), NORTHERN.items())
def test_number_as_read_in_the_north(n, words):
    assert phrases.number(n) == tuple(words.split())


@pytest.mark.parametrize(("n", "words"), SOUTHERN.items())
def test_number_as_read_in_the_south(n, words):
    assert phrases.number(n, SOUTH) == tuple(words.split())


@pytest.mark.parametrize("n", [-1, 10_000])
def test_number_out_of_reach_is_refused_by_its_value(n):
    with pytest.raises(ValueError, match=str(n)):
        phrases.number(n)


@given(numbers, readings)
def test_number_words_mean_the_number(n, reading):
    assert value_of(phrases.number(n, reading)) == n


@given(numbers)
def test_digits_read_back_to_the_ticket(n):
    letter, *words = phrases.digits(f"B{n:03}")
    assert letter == "B"
    assert "".join(str(DIGITS.index(word)) for word in words) == f"{n:03}"


@given(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), numbers, numbers, readings)
def test_every_sentence_is_of_known_clips(letter, n, counter, reading):
    known = set(phrases.spoken_words())
    assert set(clips_of(phrases.call_sentence(f"{letter}{n:03}", counter, reading))) <= known
    assert set(clips_of(phrases.recall_sentence(f"{letter}{n:03}", counter, reading))) <= known


@given(numbers, numbers, st.sampled_from(["digits", "number", "hybrid"]))
def test_two_tickets_never_sound_alike(one, other, style):
    said = [phrases.call_sentence(f"A{n:03}", 1, Reading(style)) for n in (one, other)]
    assert (said[0] == said[1]) == (one == other)


def test_a_call_is_the_sentence_of_the_country():
    sentence = phrases.call_sentence("A012", 3)
    assert clips_of(sentence) == ["moi-so-thu-tu", "chu-a", "so-0", "so-1", "so-2", "den-quay-so", "so-3"]
    assert phrases.as_text(sentence) == "Mời công dân có số thứ tự A, không một hai, đến quầy số ba."


def test_a_recall_says_so_first():
    assert phrases.as_text(phrases.recall_sentence("A025", 21)) == (
        "Xin nhắc lại, mời công dân có số thứ tự A, không hai năm, đến quầy số hai mươi mốt."
    )


def test_whoever_was_called_by_mistake_is_asked_to_wait():
    assert phrases.as_text(phrases.wait_sentence("A012")) == "Số A, không một hai, vui lòng chờ."
    assert phrases.as_text(phrases.wait_sentence("A012", Reading("number"))) == "Số A, mười hai, vui lòng chờ."


def test_the_last_numbers_before_the_break():
    text = phrases.as_text(phrases.before_lunch_sentence(["A045", "B012"]))
    numbers = "A, không bốn năm, B, không một hai"
    assert text == f"Trước giờ nghỉ trưa dự kiến gọi đến số {numbers}. Số sau vẫn giữ lượt buổi chiều."


def test_the_services_that_go_on_after_the_break():
    text = phrases.as_text(phrases.after_lunch_sentence(["B", "CT"]))
    assert text == "Lĩnh vực B, C T, phục vụ sau giờ nghỉ trưa. Số thứ tự vẫn giữ lượt buổi chiều."


def test_practice_is_said_before_the_number():
    text = phrases.as_text(phrases.training_sentence(phrases.call_sentence("A9001", 3)))
    assert text == "Tập huấn. Mời công dân có số thứ tự A, chín không không một, đến quầy số ba."


def test_every_sentence_that_is_no_call_is_of_known_clips_too():
    sentences = [phrases.wait_sentence("A012"), phrases.before_lunch_sentence(["A045"]), phrases.training_sentence(())]
    sentences.append(phrases.after_lunch_sentence(["B"]))
    assert {clip for sentence in sentences for clip in clips_of(sentence)} <= set(phrases.spoken_words())


def test_the_test_announcement_names_itself():
    sentence = phrases.test_sentence()
    assert phrases.as_text(sentence) == "Đây là thông báo thử loa. Một hai ba bốn năm."
    assert set(clips_of(sentence)) <= set(phrases.spoken_words())


@pytest.mark.parametrize(
    ("ticket", "style", "words"),
    [
        ("A012", "digits", "A, không một hai"),
        ("A445", "digits", "A, bốn bốn năm"),
        ("A1004", "digits", "A, một không không bốn"),
        ("A025", "hybrid", "A, không hai mươi lăm"),
        ("A115", "hybrid", "A, một mười lăm"),
        ("A005", "hybrid", "A, không không năm"),
        ("A105", "hybrid", "A, một không năm"),
        ("A1021", "hybrid", "A, một không hai mươi mốt"),
        ("A012", "number", "A, mười hai"),
        ("A105", "number", "A, một trăm linh năm"),
        ("CT007", "digits", "C T, không không bảy"),
        ("007", "digits", "không không bảy"),
        ("a-012", "digits", "A, không một hai"),
    ],
)
def test_tickets_in_every_style(ticket, style, words):
    text = phrases.as_text(phrases.call_sentence(ticket, 1, Reading(style)))
    assert text == f"Mời công dân có số thứ tự {words}, đến quầy số một."


@pytest.mark.parametrize(
    ("counter", "words"),
    [
        (15, ", đến quầy số mười lăm."),
        ("Quầy số 21", ", đến quầy số hai mươi mốt."),
        ("Quầy 3B", ", đến quầy số ba B."),
        ("Quầy A", ", đến quầy số A."),
        ("Phòng tiếp công dân", "."),
    ],
)
def test_a_counter_by_number_or_label(counter, words):
    assert phrases.as_text(phrases.call_sentence("7", counter)) == f"Mời công dân có số thứ tự bảy{words}"


def test_a_sign_without_a_clip_is_not_passed_over():
    unknown = set(clips_of(phrases.call_sentence("Đ012", 1))) - set(phrases.spoken_words())
    assert unknown == {"Đ"}


def test_clip_names_can_be_typed_anywhere():
    assert all(name.isascii() and name == name.lower() and " " not in name for name in phrases.spoken_words())
