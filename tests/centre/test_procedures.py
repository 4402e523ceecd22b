"""`moiso procedures`: a list is taken over whole or not at all, and the centre's people are told what it changes."""

from pathlib import Path

import pytest

from centre.procedures import SAMPLE, main, take
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.places import places_of
from moiso.procedures.store import FILE
from moiso.runtime.program import EX_CONFIG
from moiso.runtime.site import load

LARGE = Path("examples/large.toml").absolute()
LIST = "Mã,Tên,Lĩnh vực,Dịch vụ\n1.001193,Đăng ký khai sinh,Hộ tịch,B\n1.000894,Đăng ký kết hôn,Hộ tịch,\n"


@pytest.fixture
def run(tmp_path, capsys):
    def moiso(*words):
        code = main([*map(str, words), "--site", str(LARGE), "--state", str(tmp_path / "state")])
        said = capsys.readouterr()
        return code, said.out + said.err

    return moiso


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_is_taken_over_and_searched(run, listed):
    code, said = run("import", listed)
    assert (code, "new: 2, changed: 0, gone: 0, same: 0" in said, "service B: 2 procedures" in said) == (0, True, True)
    assert run("find", "khai", "sih") == (0, "1.001193  B         Đăng ký khai sinh\n")


def test_a_dry_run_changes_nothing(run, listed, tmp_path):
    code, said = run("import", listed, "--dry-run")
    assert (code, "new: 2" in said, "nothing was changed" in said) == (0, True, True)
    assert not (tmp_path / "state").exists()
    assert run("find", "khai") == (EX_CONFIG, "there is no list of procedures yet: moiso procedures import FILE\n")


def test_mistakes_are_named_all_at_once_and_the_old_list_stays(run, listed):
    assert run("import", listed)[0] == 0
    listed.write_text(LIST + "1.001193,Hai lần,,\n,Không mã,,\n1.5,x,,Z\n", encoding="utf-8")
    code, said = run("import", listed)
    assert code == EX_CONFIG
    assert [line.split(":")[0].strip(" -") for line in said.splitlines()[1:]] == ["row 4", "row 5", "row 6", "row 6"]
    assert run("find", "khai sinh")[0] == 0


def test_an_empty_list_does_not_wipe_out_the_old_one(run, listed):
    assert run("import", listed)[0] == 0
    listed.write_text("Mã,Tên\n", encoding="utf-8")
    code, said = run("import", listed)
    assert (code, "has no procedures below its header" in said) == (EX_CONFIG, True)
    assert run("find", "khai sinh")[0] == 0


def test_own_words_outlive_the_next_list(run, listed, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[[word]]\nsay = ["chui ra đời"]\nmeans = ["đăng ký khai sinh"]\n', encoding="utf-8")
    assert run("import", listed, "--words", own)[0] == 0
    assert run("import", listed)[0] == 0
    assert run("find", "chui ra đời")[1].startswith("1.001193")


def test_a_state_that_cannot_be_written_is_named(listed, tmp_path, capsys):
    (tmp_path / "state").write_text("a file")
    assert main(["import", str(listed), "--site", str(LARGE), "--state", str(tmp_path / "state")]) == EX_CONFIG
    assert "the list before is still there" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["small", "normal", "large"])
def test_the_sample_fits_every_example(name, tmp_path):
    site = load(LARGE.with_name(f"{name}.toml"))
    lines = take(SAMPLE, site, tmp_path)
    assert not [line for line in lines if line.startswith(("!", "nobody"))]
    catalogue = Catalogue.open(tmp_path / FILE, places_of(site.services, site.elsewhere))
    copy, residence = catalogue.procedure("2.000815"), catalogue.procedure("1.004222")
    assert (copy.service, residence.service, residence.where) == ("A", None, "Công an xã, phường")
    assert catalogue.about().count == len(SAMPLE.read_text(encoding="utf-8").splitlines()) - 1


def test_every_procedure_of_the_sample_says_what_to_bring_in_both_languages(tmp_path):
    take(SAMPLE, load(LARGE), tmp_path)
    catalogue = Catalogue.open(tmp_path / FILE)
    codes = [line.split(",")[0] for line in SAMPLE.read_text(encoding="utf-8").splitlines()[1:]]
    for procedure in map(catalogue.procedure, codes):
        assert procedure.papers
        assert len(procedure.papers_en) == len(procedure.papers)
        assert procedure.name_en
        assert bool(procedure.where) == bool(procedure.where_en)


@pytest.mark.parametrize("word", ["import", "find"])
def test_each_word_has_examples_of_its_own(word, capsys):
    with pytest.raises(SystemExit):
        main([word, "--help"])
    _, _, examples = capsys.readouterr().out.partition("examples:\n")
    assert examples.count(f"moiso procedures {word} ") >= 3


def test_that_nothing_is_found_is_said(run, listed):
    run("import", listed)
    assert run("find", "zzzz") == (1, "the kiosk would find nothing\n")
