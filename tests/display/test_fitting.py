"""Text in its box: shrink, wrap, cut; and no text anywhere leaves its place, whatever it says."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display import fonts
from display.fitting import Style, clean, fit
from display.paint import INK, Box, Text, Weight
from display.view import Call, Service
from tests.display.scenes import BUSY, LONG_NAMES, LONGEST, LUNCH, NOON, SIZES, drawn

VIETNAMESE = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴ0123456789 ,.–-"
)
words = st.text(VIETNAMESE, max_size=90)
tickets = st.from_regex(r"[A-Z1-9][0-9]{3,4}", fullmatch=True)
ages = st.floats(0, 1000)


def tenth_em(text, px, weight):
    """A typeface whose every letter is a tenth of its size wide."""
    return len(text) * px // 10


def calls(labels):
    return st.builds(Call, tickets, labels, ages, *[st.booleans()] * 4)


def walls(labels):
    promises = st.none() | st.tuples(st.integers(0, 300), st.integers(0, 300))
    services = st.builds(
        Service,
        st.sampled_from("ABCQ9"),
        labels,
        st.integers(0, 9999),
        promises,
        st.integers(0, 3),
        suspended=st.booleans(),
        alarm=st.booleans(),
        left=st.none() | st.integers(0, 12),
        last_before_lunch=st.none() | st.just("") | tickets,
    )
    return st.builds(
        replace,
        st.just(BUSY),
        centre=labels,
        call=st.none() | calls(labels),
        recent=st.lists(calls(labels), max_size=8).map(tuple),
        services=st.lists(services, max_size=12).map(tuple),
        notices=st.lists(labels, max_size=3).map(tuple),
        data_age=st.none() | ages,
        muted=st.booleans(),
        trial=st.booleans(),
        training=st.booleans(),
        overtime=st.booleans(),
        lunch=st.none() | st.just(LUNCH) | st.just(replace(LUNCH, begins=NOON)),
    )


def inside(box, outer):
    return (
        box.x >= outer.x
        and box.y >= outer.y
        and box.x + box.w <= outer.x + outer.w
        and box.y + box.h <= outer.y + outer.h
    )


def ink(text):
    surface, rise = fonts.glyphs(text.text, text.px, text.weight, text.colour)
    drawn_part = surface.get_bounding_rect()
    return Box(text.box.x + drawn_part.x, text.baseline - rise + drawn_part.y, drawn_part.w, drawn_part.h)


def overlap(one, other):
    return (
        one.x < other.x + other.w and other.x < one.x + one.w and one.y < other.y + other.h and other.y < one.y + one.h
    )


@settings(deadline=None, max_examples=200)
@given(walls(words), st.sampled_from(SIZES))
def test_no_text_leaves_its_box_or_touches_another(view, size):
    picture = drawn(view, size)
    inked = [(text, ink(text)) for text in picture if isinstance(text, Text)]
    for n, (text, drawn_part) in enumerate(inked):
        assert inside(text.box, Box(0, 0, *size)), text
        assert inside(drawn_part, text.box), text
        assert not any(overlap(drawn_part, other) for _, other in inked[:n]), text


@pytest.mark.parametrize("px", [14, 16, 20, 27, 36, 47])
def test_the_highest_small_letters_are_painted_again_whole(px):
    for weight in Weight:
        for letter in "ẳẵẩểổ":
            (line,) = fit(letter, Box(0, 0, 200, 200), Style(px, weight, INK), fonts.width)
            assert inside(ink(line), line.box), (letter, weight)


@settings(deadline=None, max_examples=25)
@given(walls(st.text(max_size=200)))
def test_nothing_that_json_can_carry_stops_the_picture(view):
    for primitive in drawn(view):
        assert inside(primitive.box, Box(0, 0, 1920, 1080)), primitive
        if isinstance(primitive, Text):
            fonts.glyphs(primitive.text, primitive.px, primitive.weight, primitive.colour)


@pytest.mark.parametrize("size", SIZES)
def test_the_longest_service_names_are_shown_whole(size):
    shown = " ".join(p.text for p in drawn(LONGEST, size) if isinstance(p, Text))
    for name in LONG_NAMES:
        assert name in shown


@pytest.mark.parametrize("size", SIZES)
def test_long_counter_labels_are_shown_whole_where_one_is_called_to(size):
    shown = [p.text for p in drawn(LONGEST, size) if isinstance(p, Text)]
    assert "đến Quầy 12 – Đăng ký đất đai" in shown


def test_a_text_that_fits_keeps_its_size():
    (line,) = fit("abcdefghij", Box(0, 0, 100, 200), Style(100, Weight.BOLD, INK), tenth_em)
    assert (line.px, line.box.w) == (100, 100)


def test_a_text_a_little_too_long_shrinks():
    (line,) = fit("abcdefghijkl", Box(0, 0, 100, 200), Style(100, Weight.BOLD, INK, lines=2), tenth_em)
    assert line.text == "abcdefghijkl"
    assert 78 <= line.px <= 83


def test_a_text_much_too_long_wraps_into_lines_of_about_one_length():
    lines = fit("aaaa bbbb cccc dddd", Box(0, 0, 150, 400), Style(100, Weight.BOLD, INK, lines=2), tenth_em)
    wrapped = fit("aaaa bbbb cccc dddd eeee ffff", Box(0, 0, 150, 400), Style(100, Weight.BOLD, INK, lines=2), tenth_em)
    assert [line.text for line in lines] == ["aaaa bbbb cccc dddd"]
    assert [line.text for line in wrapped] == ["aaaa bbbb cccc", "dddd eeee ffff"]


def test_what_cannot_shrink_further_is_cut_with_an_ellipsis():
    style = Style(100, Weight.BOLD, INK, least=90)
    (line,) = fit("aaaa bbbb cccc", Box(0, 0, 100, 200), style, tenth_em)
    assert line.text.endswith("…")
    assert line.box.w <= 100


@pytest.mark.parametrize(("align", "left"), [("left", 0), ("centre", 45), ("right", 90)])
def test_alignment(align, left):
    (line,) = fit("a", Box(0, 0, 100, 200), Style(100, Weight.BOLD, INK, align=align), tenth_em)
    assert line.box.x == left


@pytest.mark.parametrize("nothing", ["", "   ", "\x00\n", "\ud800"])
def test_nothing_to_show_is_no_text(nothing):
    assert fit(nothing, Box(0, 0, 100, 100), Style(20, Weight.BOLD, INK), tenth_em) == ()


def test_clean_joins_lines_and_composes_letters():
    assert clean("Hộ\n tịch\x00 ") == "Hộ tịch"
