import pytest

from web.ranges import RangeTyped, range_typed


def typed(kind: str = "paper", first: str = "A031", last: str = "A036", **more: str) -> RangeTyped | str:
    return range_typed({"kind": kind, "first": first, "last": last, **more}, ["A", "B"])


@pytest.mark.parametrize(("first", "last"), [("A031", "A036"), ("a31", "36"), ("á 31", "A.36"), ("A031", "a036")])
def test_a_range_is_read_however_it_is_typed(first: str, last: str):
    found = typed(first=first, last=last)
    assert isinstance(found, RangeTyped)
    assert found.numbers == ("A031", "A032", "A033", "A034", "A035", "A036")
    assert found.command == "issued-offline"
    assert found.arguments == {"ticket": "A031", "to": "A036", "service": "A"}


def test_without_a_last_one_it_is_one():
    found = typed(last="")
    assert isinstance(found, RangeTyped)
    assert found.numbers == ("A031",)


def test_minutes_and_reasons_go_along_where_they_belong():
    paper, void, served = (typed(kind, minutes="20", reason="in thử") for kind in ("paper", "void", "served"))
    assert isinstance(paper, RangeTyped)
    assert isinstance(void, RangeTyped)
    assert isinstance(served, RangeTyped)
    assert paper.arguments["seconds_ago"] == 1200.0
    assert "reason" not in paper.arguments
    assert void.arguments == {"ticket": "A031", "to": "A036", "reason": "in thử"}
    assert served.arguments == {"ticket": "A031", "to": "A036"}


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ({"first": "hello"}, "wrong_first"),
        ({"first": ""}, "wrong_first"),
        ({"kind": "burn"}, "wrong_first"),
        ({"first": "31"}, "which_service"),
        ({"last": "A030"}, "wrong_last"),
        ({"last": "B036"}, "wrong_last"),
        ({"last": "x"}, "wrong_last"),
        ({"last": "A531"}, "wrong_last"),
        ({"minutes": "soon"}, "wrong_minutes"),
        ({"minutes": "-1"}, "wrong_minutes"),
    ],
)
def test_what_is_wrong_is_named(form: dict[str, str], key: str):
    assert typed(**form) == key


def test_the_longest_range_is_what_the_hub_takes():
    found = typed(last="A530")
    assert isinstance(found, RangeTyped)
    assert len(found.numbers) == 500
