import pytest

from web.typed import tickets_typed


@pytest.mark.parametrize("typed", ["A012", "a012", "a12", "A 12", "A-012", "á12", " a.012 "])
def test_a_letter_and_a_number_are_one_ticket(typed: str):
    assert tickets_typed(typed, "AB") == ["A012"]


@pytest.mark.parametrize(("typed", "ticket"), [("d7", "D007"), ("đ7", "D007"), ("A1234", "A1234"), ("A9001", "A9001")])
def test_the_letter_may_be_vietnamese_and_the_number_long(typed: str, ticket: str):
    assert tickets_typed(typed, "AD") == [ticket]


def test_digits_alone_may_mean_every_service():
    assert tickets_typed("12", "ABC") == ["A012", "B012", "C012"]
    assert tickets_typed("0012", "B") == ["B012"]


def test_a_digit_in_front_is_a_service_where_a_number_follows():
    assert tickets_typed("1012", "12") == ["1012", "11012", "21012"]
    assert tickets_typed("12", "12") == ["1012", "2012"]


@pytest.mark.parametrize("typed", ["", "A", "xyz", "A0", "000", "12345", "X12", "A12B", "<b>", "٣"])
def test_what_is_no_number_of_this_centre_is_none(typed: str):
    assert tickets_typed(typed, "AB") == []
