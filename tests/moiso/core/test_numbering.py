import pytest

from moiso.core.numbering import Numbering, free_block, next_online, number_value, ticket_number

BAND = (700, 999)


def given(value: int) -> Numbering:
    return Numbering(online={"A": value})


def test_the_first_number_is_001() -> None:
    assert ticket_number("A", next_online(Numbering(), "A", BAND)) == "A001"


def test_online_numbers_step_over_the_band_into_four_digits() -> None:
    assert next_online(given(698), "A", BAND) == 699
    assert next_online(given(699), "A", BAND) == 1000
    assert next_online(given(1000), "A", BAND) == 1001
    assert ticket_number("A", 1000) == "A1000"


def test_a_band_that_ends_below_999_is_stepped_over_too() -> None:
    assert next_online(given(199), "A", (200, 299)) == 300


def test_blocks_follow_each_other_to_the_bands_end() -> None:
    assert free_block([], BAND, 20) == (700, 719)
    assert free_block([(700, 979)], BAND, 20) == (980, 999)
    assert free_block([(700, 989)], BAND, 20) == (990, 999)
    assert free_block([(700, 999)], BAND, 20) is None


def test_a_block_fills_the_lowest_gap_and_no_more() -> None:
    assert free_block([(720, 739)], BAND, 20) == (700, 719)
    assert free_block([(740, 759), (700, 729)], BAND, 20) == (730, 739)
    assert free_block([(9700, 9719)], BAND, 20) == (700, 719), "practice lies elsewhere"


@pytest.mark.parametrize(("number", "value"), [("A012", 12), ("A999", 999), ("A1005", 1005)])
def test_reading_a_number(number: str, value: int) -> None:
    assert number_value("A", number) == value


@pytest.mark.parametrize("number", ["A12", "A0012", "A000", "B012", "012", "A", "A-12", "A01２", "A1.5", ""])
def test_what_is_no_number_of_the_service(number: str) -> None:
    assert number_value("A", number) is None
