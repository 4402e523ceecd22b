"""Both languages say the same things with the same places, and every refusal has its sentence."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import hub
import moiso.core
import moiso.texts
from moiso.core.commands import CALL_REASONS, OUTCOMES
from moiso.core.roles import Role
from moiso.core.rules import PRIORITY_CLASSES
from moiso.core.tickets import State
from moiso.texts import LANGUAGES, Catalogue, both, catalogue, languages

TABLES = {
    language: tomllib.loads(Path(moiso.texts.__path__[0], f"{language}.toml").read_text(encoding="utf-8"))
    for language in LANGUAGES
}
KEYS = [(table, name) for table, texts in TABLES["vi"].items() for name in texts]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert catalogue("vi").keys() == catalogue("en").keys()


@pytest.mark.parametrize(("table", "name"), KEYS)
def test_both_languages_have_the_same_places(table: str, name: str) -> None:
    vi, en = TABLES["vi"][table][name], TABLES["en"][table][name]
    assert places(vi) == places(en)
    assert "" not in places(vi)


def calls(package: str, *names: str) -> Iterator[tuple[str, set[str]]]:
    """Every call of one of these functions with a literal reason: the reason, and the names of its parameters."""
    for path in Path(package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
                reasons = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                yield from ((reason, {str(k.arg) for k in node.keywords}) for reason in reasons)


REFUSALS = {
    **dict(calls(moiso.core.__path__[0], "Rejected")),
    **dict(calls(hub.__path__[0], "Rejected")),
    **{reason: {*params, "command"} for reason, params in calls(hub.__path__[0], "_refuse")},
    **dict(calls(hub.__path__[0], "failed", "_recover")),
}


def test_the_search_finds_the_refusals() -> None:
    assert {"day-closed", "stale", "too-old", "unknown-command", "bad-message", "retained", "disk-full"} <= set(
        REFUSALS
    )
    assert len(REFUSALS) > 20


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_has_its_sentence_and_fills_it(reason: str) -> None:
    words = both(f"reason.{reason.replace('-', '_')}", **dict.fromkeys(REFUSALS[reason], "X"))
    assert words.vi
    assert words.en


def test_every_sentence_of_a_refusal_is_used() -> None:
    assert {name.replace("_", "-") for name in TABLES["vi"]["reason"]} == set(REFUSALS)


def test_an_unknown_text_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        catalogue().text("wall.no_such_text")
    with pytest.raises(KeyError):
        catalogue().text("wall.waiting")


NAMED = {
    "state": tuple(State),
    "role": tuple(Role),
    "outcome": (*OUTCOMES, "unknown"),
    "call_reason": CALL_REASONS,
    "priority_class": PRIORITY_CLASSES,
}


@pytest.mark.parametrize("table", NAMED)
def test_every_code_that_people_read_has_a_name(table: str) -> None:
    assert set(TABLES["vi"][table]) == {code.replace("-", "_") for code in NAMED[table]}


def test_a_place_filled_with_words_takes_each_languages_own() -> None:
    words = both("reason.not_allowed", role=both("role.clerk"), command="issue")
    assert "cán bộ" in words.vi
    assert "clerk" in words.en
    assert "clerk" not in words.vi


def test_another_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language}.toml").write_text('[touch]\ntitle = "x"\n', encoding="utf-8")
    (tmp_path / "hmn.toml").write_text('[touch]\ntitle = "Koj tuaj ua dab tsi?"\n', encoding="utf-8")
    (tmp_path / "mww.toml").write_text('[wall]\nrecent = "x"\n', encoding="utf-8")
    monkeypatch.setattr(moiso.texts, "files", lambda _package: tmp_path)
    monkeypatch.setattr(moiso.texts, "catalogue", Catalogue)
    assert languages("touch") == ("vi", "en", "hmn")
    assert Catalogue("hmn").table("touch") == {"title": "Koj tuaj ua dab tsi?"}
    assert Catalogue("hmn").table("wall") == {}
