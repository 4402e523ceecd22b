"""The journal: a power cut at any byte, damage in the middle, written anew; and no number twice through all of it."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.book import Book
from kiosk.journal import Given, Leased, Record, Seen, Spoilt, Told, lines, read
from moiso.core.day import Moment

MOMENT = Moment(wall=1.0, mono=2.0, boot="boot-1", synced=True)


def seen(label: str | None = "2026-11-23", log: str = "k3f9", *, training: bool = False) -> Seen:
    return Seen(log=log, label=label, open=True, training=training, at=3.0, synced=True, moment=MOMENT)


def given_number(number: int, press: str, day: str | None = "2026-11-23") -> Given:
    ticket = f"A{number}"
    return Given(press=press, ticket=ticket, service="A", number=number, token="t", moment=MOMENT, day=day)


def lease(first: int, day: str | None = "2026-11-23", after: str | None = None) -> Leased:
    return Leased(service="A", first=first, last=first + 19, size=20, day=day, after=after)


DAYS = st.sampled_from(["2026-11-23", "2026-11-24", None])
PRESS = st.sampled_from([f"press-{n}" for n in range(6)])
RECORDS = st.lists(
    st.one_of(
        st.builds(seen, DAYS, st.sampled_from(["k3f9", "other"]), training=st.booleans()),
        st.builds(lease, st.integers(700, 760), DAYS, st.sampled_from(["2026-11-22", "2026-11-23"])),
        st.builds(given_number, st.integers(700, 780), PRESS, DAYS),
        st.builds(Spoilt, press=PRESS),
        st.builds(Told, press=PRESS),
    ),
    max_size=12,
)


@given(RECORDS)
def test_what_was_written_is_read(records: list[Record]) -> None:
    assert read(lines(records)) == (records, 0)


def test_a_power_cut_at_any_byte_loses_nothing_that_was_written_before() -> None:
    records = [seen(), lease(700), given_number(700, "p"), Spoilt(press="p"), Told(press="p")]
    whole = lines(records)
    ends = [len(lines(records[:n])) for n in range(len(records) + 1)]
    for cut in range(len(whole) + 1):
        kept = sum(end <= cut for end in ends) - 1
        assert read(whole[:cut]) == (records[:kept], int(cut not in ends))


@given(RECORDS, st.data())
def test_whatever_the_card_makes_of_a_line_the_others_are_kept(records: list[Record], data: st.DataObject) -> None:
    whole = bytearray(lines(records))
    if not whole:
        return
    where = data.draw(st.integers(0, len(whole) - 1))
    whole[where] = (whole[where] + data.draw(st.integers(1, 255))) % 256
    kept, _ = read(bytes(whole))
    lost = [record for record in records if record not in kept]
    assert len(lost) <= 2, "the line, or two that have run into one"
    assert all(record in records for record in kept)


def test_a_card_full_of_noughts_is_no_journal() -> None:
    assert read(bytes(4096)) == ([], 1)
    assert read(b"\xff\x00garbage\n" * 9)[0] == []


@given(RECORDS)
def test_written_anew_it_says_the_same(records: list[Record]) -> None:
    book = Book(records)
    again = Book(book.kept())
    assert (again.seen, again.last, again.untold) == (book.seen, book.last, book.untold)
    assert again.spoilt & set(again.untold) == book.spoilt & set(book.untold)
    for day in ("2026-11-23", "2026-11-24", None):
        assert again.leases.next("A", day) == book.leases.next("A", day)
        assert again.leases.left("A", day) == book.leases.left("A", day)


def test_a_number_that_was_given_is_never_the_next_one_again() -> None:
    book = Book([seen(), lease(700), given_number(700, "p1"), given_number(701, "p2"), Told(press="p1")])
    assert book.leases.next("A", "2026-11-23") == ("A702", 702)


def test_the_block_of_a_day_ends_with_it_and_that_of_the_next_becomes_todays() -> None:
    book = Book([seen(), lease(700), lease(720, None, "2026-11-23")])
    book.note(seen("2026-11-24"))
    assert book.leases.next("A", "2026-11-24") == ("A720", 720)
    assert book.leases.next("A", "2026-11-23") is None
    assert book.leases.next("A", None) is None


def test_practice_ends_what_was_for_the_next_day_and_keeps_what_is_of_today() -> None:
    """The hub gives the next day's blocks to the day that practice has interrupted, if it begins again."""
    book = Book([seen(), lease(700), lease(720, None, "2026-11-23"), seen("training-9", training=True)])
    assert book.leases.next("A", None) is None
    book.note(seen())
    assert book.leases.next("A", "2026-11-23") == ("A700", 700)


def test_a_hub_with_another_log_knows_none_of_our_blocks() -> None:
    book = Book([seen(), lease(700), given_number(700, "p"), seen(log="other")])
    assert book.leases.next("A", "2026-11-23") is None
    assert list(book.untold) == ["p"], "the number is in somebody's hand"
