"""A catalogue is found in as one types, and stays in use while an import puts another in its place."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from moiso.procedures.catalogue import Catalogue
from moiso.procedures.everyday import EverydayWords, Saying
from moiso.procedures.places import Places
from moiso.procedures.procedure import Procedure
from moiso.procedures.store import Stored, write

PROCEDURES = [
    Procedure(code="1.001193", name="Thủ tục đăng ký khai sinh", field="Hộ tịch", name_en="Birth registration"),
    Procedure(code="1.000656", name="Thủ tục đăng ký khai tử", field="Hộ tịch"),
    Procedure(code="1.000894", name="Thủ tục đăng ký kết hôn", field="Hộ tịch"),
    Procedure(code="2.000815", name="Chứng thực bản sao từ bản chính giấy tờ, văn bản", field="Chứng thực"),
    Procedure(code="1.004194", name="Đăng ký tạm trú", field="Cư trú", also=("ở trọ",)),
    Procedure(code="1.004873", name="Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", field="Hộ tịch"),
]
EVERYDAY = EverydayWords(
    fillers=("xin", "làm"), sayings=(Saying(say=("sao y",), means=("chứng thực bản sao từ bản chính",)),)
)
PLACES = Places(
    services=frozenset("AB"),
    here={"hộ tịch": "B", "chứng thực": "A"},
    elsewhere={"cư trú": ("Công an phường", "Police")},
)


@pytest.fixture
def path(tmp_path):
    write(tmp_path / "procedures.sqlite", Stored(PROCEDURES, EVERYDAY), "list.csv", 1.0)
    return tmp_path / "procedures.sqlite"


@pytest.fixture
def catalogue(path):
    return Catalogue.open(path, PLACES)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khai sinh", "1.001193"),
        ("Khai Sinh", "1.001193"),
        ("khai si", "1.001193"),
        ("kai sinh", "1.001193"),
        ("khai sihn", "1.001193"),
        ("khaisinh", "1.001193"),
        ("xin làm khai sinh", "1.001193"),
        ("birth", "1.001193"),
        ("1.001193", "1.001193"),
        ("1001193", "1.001193"),
        ("1.001193.H19", "1.001193"),
        ("kí kết", "1.000894"),
        ("sao y", "2.000815"),
        ("sao", "2.000815"),
        ("o tro", "1.004194"),
        ("tam tru", "1.004194"),
    ],
)
def test_it_is_found_first(catalogue, typed, code):
    assert [found.code for found in catalogue.find(typed, 1)] == [code]


@pytest.mark.parametrize("typed", ["", "  ", '"', "'*", "---", "NOT OR", "(", "\x00", "q" * 10_000, "€€"])
def test_whatever_is_typed_harms_nothing(catalogue, typed):
    assert catalogue.find(typed) == []


def test_it_says_where_a_procedure_is_done(catalogue):
    birth, temporary = catalogue.procedure("1.001193"), catalogue.procedure("1.004194")
    assert (birth.service, birth.elsewhere()) == ("B", "")
    assert (temporary.service, temporary.elsewhere(), temporary.elsewhere("en")) == (None, "Công an phường", "Police")
    assert catalogue.procedure("9.999999") is None
    assert catalogue.procedure("<script>") is None


def test_without_a_file_it_is_empty_until_there_is_one(tmp_path):
    path = tmp_path / "state" / "procedures.sqlite"
    catalogue = Catalogue.open(path)
    assert (catalogue.about(), catalogue.find("khai"), catalogue.procedure("1.001193")) == (None, [], None)
    write(path, Stored(PROCEDURES, EVERYDAY), "list.csv", 2.0)
    assert (catalogue.about().source, catalogue.about().count) == ("list.csv", len(PROCEDURES))
    assert catalogue.find("khai sinh", 1)[0].code == "1.001193"


def test_another_import_is_taken_while_it_runs(path, catalogue):
    assert catalogue.find("khai tu", 1)
    write(path, Stored(PROCEDURES[:1], EVERYDAY), "second.csv", 3.0)
    assert catalogue.about().source == "second.csv"
    assert [found.code for found in catalogue.find("khai", 5)] == ["1.001193"]


def test_a_damaged_file_is_named_and_the_one_before_stays_in_use(path, catalogue, caplog):
    assert catalogue.find("khai tu", 1)
    damaged = path.with_name("damaged")
    damaged.write_bytes(b"no database" * 1000)
    damaged.replace(path)
    assert catalogue.find("khai tu", 1)[0].code == "1.000656"
    assert str(path) in caplog.text
    assert "import the list again" in caplog.text
    assert Catalogue.open(path).find("khai") == []


def test_an_import_that_fails_leaves_the_old_list(path):
    before = path.read_bytes()
    with pytest.raises(Exception, match="UNIQUE"):
        write(path, Stored(PROCEDURES * 2, EVERYDAY), "twice.csv", 4.0)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["procedures.sqlite"]


def test_a_page_of_the_file_that_cannot_be_read_costs_no_more_than_the_answer(path, catalogue, caplog):
    assert catalogue.find("khai sinh", 1)
    spoilt = bytearray(path.read_bytes())
    spoilt[4096:] = b"\xee" * (len(spoilt) - 4096)
    path.with_name("new").write_bytes(spoilt)
    path.with_name("new").replace(path)
    fresh = Catalogue.open(path, PLACES)
    assert (fresh.find("khai sinh"), fresh.procedure("1.001193")) == ([], None)
    assert "cannot be used" in caplog.text


def test_many_threads_may_ask_at_once(catalogue):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda text: catalogue.find(text, 1)[0].code, ["khai sinh", "khai tu"] * 40))
    assert answers == ["1.001193", "1.000656"] * 40
