"""The small pure parts: folding, codes, labels, slips, parting, everyday words, places, changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moiso.procedures.changes import changes_of, summary, where_done
from moiso.procedures.codes import code_begun, code_of
from moiso.procedures.everyday import EverydayWords, Folded, Saying
from moiso.procedures.fold import folded
from moiso.procedures.label import LABEL, shortened
from moiso.procedures.places import places_of
from moiso.procedures.procedure import Procedure
from moiso.procedures.slips import parted, slipped, slipped_begin
from moiso.procedures.wordlist import our_words, read_words
from moiso.runtime.site_tables import ElsewhereConf, ServiceConf
from moiso.runtime.toml import ConfigError


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đăng ký  KHAI SINH", "dang ki khai sinh"),
        ("kí / lý, tỷ", "ki li ti"),
        ("giấy, giải", "giay giai"),
        ("Quyền sở hữu (2 bản)", "quyen so huu 2 ban"),
        ("e\u0302\u0301", "e"),
        ("\u0110\u1ecf", "do"),
    ],
)
def test_text_is_folded_to_plain_letters(text, plain):
    assert folded(text) == plain


@given(st.text())
def test_folded_text_can_be_folded_again(text):
    once = folded(text)
    assert folded(once) == once
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", "1.001193"), (" 1.001193.H19 ", "1.001193"), ("1.001193.000.00.00.H19", "1.001193"),
        ("1001193", "1.001193"),
        ("1,00011", "1.000110"), ("1.0011", "1.001100"), ("ab-01", "AB-01"), ("12", None), ("1.01", None), ("", None),
        ("1.0011934", None), ("khai sinh", None),
    ],
)  # fmt: skip
def test_codes_have_one_form(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("text", "begun"), [("1.0", "1.0"), ("10011", "1.0011"), ("1 0011", "1.0011"), ("1", None), ("so 1", None)]
)
def test_the_beginning_of_a_code_is_recognised(text, begun):
    assert code_begun(text) == begun


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"),
        ("THỦ TỤC hành chính về việc nuôi con nuôi.", "Nuôi con nuôi"),
        (f"Cấp giấy phép xây dựng ({'x ' * 60})", "Cấp giấy phép xây dựng …"),
        (f"Đính chính Giấy chứng nhận đối với {'trường hợp ' * 20}", "Đính chính Giấy chứng nhận …"),
        ("Thủ tục", "Thủ tục"),
    ],
)
def test_a_label_is_the_heart_of_a_name(name, label):
    assert shortened(name) == label


@given(st.text(min_size=1, max_size=1200))
def test_a_label_is_never_too_long(name):
    assert len(shortened(name)) <= LABEL


@pytest.mark.parametrize(
    ("typed", "same"),
    [("kai", True), ("khhai", True), ("khia", True), ("khzi", True), ("khai", False), ("ki", False), ("hkia", False)],
)
def test_one_slip_is_forgiven(typed, same):
    assert slipped(typed, "khai") == same


def test_a_beginning_may_have_a_slip():
    assert slipped_begin("chugn", "chungthuc")
    assert not slipped_begin("cgnu", "chungthuc")


letters = st.text("abcd", min_size=1, max_size=7)


@given(letters, letters)
def test_slips_agree_with_all_that_one_slip_can_make(typed, word):
    places = range(len(word) + 1)
    made = {word[:n] + word[n + 1 :] for n in places} | {word[:n] + x + word[n:] for n in places for x in "abcd"}
    made |= {word[:n] + x + word[n + 1 :] for n in range(len(word)) for x in "abcd"}
    made |= {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    assert slipped(typed, word) == (typed in made - {word})


def test_words_without_spaces_are_parted():
    known = {"ket", "hon", "ke", "thon", "khai", "sinh"}
    assert parted("khaisinh", known, begins=False) == [["khai", "sinh"]]
    assert sorted(parted("kethon", known, begins=False)) == [["ke", "thon"], ["ket", "hon"]]
    assert parted("khaisi", known, begins=True) == [["khai", "si"]]
    assert parted("khaisi", known, begins=False) == []


EVERYDAY = Folded.of(
    EverydayWords(
        fillers=("tôi muốn", "làm"),
        sayings=(
            Saying(say=("sổ đỏ",), means=("cấp giấy chứng nhận",)),
            Saying(say=("sang tên sổ đỏ",), means=("đăng ký biến động",)),
        ),
    )
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("so do", [(["cap", "giay", "chung", "nhan"], [])]),
        ("so d", [(["cap", "giay", "chung", "nhan"], [])]),
        ("so", []),
        ("toi muon lam so do dat", [(["cap", "giay", "chung", "nhan"], ["dat"])]),
        ("sang ten so do", [(["dang", "ki", "bien", "dong"], [])]),
        ("sagn ten so do", [(["dang", "ki", "bien", "dong"], [])]),
        ("so den", []),
    ],
)
def test_sayings_are_understood_as_what_they_mean(typed, meant):
    assert EVERYDAY.meant(typed.split(), known=set()) == meant


def test_fillers_are_left_out_unless_there_is_nothing_else():
    assert EVERYDAY.without_fillers(["toi", "muon", "lam", "khai", "sinh"]) == ["khai", "sinh"]
    assert EVERYDAY.without_fillers(["lam"]) == ["lam"]


def test_our_words_can_be_read_and_a_saying_means_one_thing_only():
    said = [folded(say) for saying in our_words().sayings for say in saying.say]
    assert sorted(said) == sorted(set(said))


def test_a_wrong_file_of_words_is_named_with_its_mistakes(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('filler = []\n[[word]]\nsay = "x"\nmeans = ["y"]\n', encoding="utf-8")
    with pytest.raises(ConfigError) as said:
        read_words(path)
    assert [error.split(":")[0] for error in said.value.errors] == ["filler", "word[1].say"]


def service(code, *fields):
    return ServiceConf(code=code, name=code, fields=fields)


def procedure(code, field="", **more):
    return Procedure(code=code, name=f"Thủ tục {code}", field=field, **more)


def test_the_field_says_where_a_procedure_is_done():
    places = places_of(
        [service("A", "Hộ tịch"), service("B", "*")], [ElsewhereConf(fields=("Cư trú",), where="Công an")]
    )
    placed = [places.placed(procedure("1", field)) for field in ("HỘ  TỊCH", "Cư trú", "Đất đai")]
    assert [(p.service, p.where) for p in placed] == [("A", ""), (None, "Công an"), ("B", "")]


def test_what_the_list_says_of_a_procedure_comes_first():
    places = places_of([service("A", "Hộ tịch"), service("B")], [])
    assert places.placed(procedure("1", "Hộ tịch", service="B")).service == "B"
    assert places.placed(procedure("1", "Hộ tịch", where="Sở")).service is None
    assert places.placed(procedure("1", "Hộ tịch", service="Q")).service == "A"


def test_a_summary_of_changes():
    before = [procedure("1", papers=("Tờ khai",)), procedure("2"), procedure("3")]
    after = [procedure("1"), procedure("2", "Đất đai"), procedure("4")]
    changes = changes_of(before, [*after, *before[3:]])
    assert summary(changes) == [
        "! 1 procedures have papers to bring now and none in this list",
        "new: 1, changed: 2, gone: 1, same: 0",
        "  + 4 4",
        "  ~ 1 1 (papers)",
        "  ~ 2 2 (field)",
        "  - 3 3",
    ]


def test_fields_of_nobody_are_listed():
    lines = where_done(
        [procedure("1", "Hộ tịch"), procedure("2", "Chứng thực")], places_of([service("A", "Chứng thực")], [])
    )
    assert lines[0] == "service A: 1 procedures"
    assert "site.toml" in lines[1]
    assert lines[2] == "  ? 'Hộ tịch': 1"
