from collections.abc import Sequence

from moiso.wire.codec import encode
from moiso.wire.messages import FakePress
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp, Publish
from tests.web.scenes import PLACE, READERS, TOPICS, beat, board, service
from web.machine import Pages, Press, Show, Traced
from web.panel_traces import Traces


def pages(*, fake: bool = False) -> Pages:
    return Pages(PLACE, READERS, fake=fake)


def arrived(topic: str, message: object) -> Arrived:
    return Arrived(TOPICS.root + topic, encode(message))


def shown(outputs: Sequence[object]) -> dict[tuple[str, str], object]:
    return {output.key: output.page for output in outputs if isinstance(output, Show)}


def test_every_page_is_shown_in_every_language_from_the_first_turn():
    everybodys = {(p, la) for p in ("managers", "figures", "greeter", "clerk-1") for la in ("vi", "en")}
    assert set(shown(pages().handle([], 0.0))) == {*everybodys, ("facts", ""), ("hall", "")}
    assert ("panel", "vi") in shown(pages(fake=True).handle([], 0.0))


def test_a_burst_becomes_four_pages_a_second():
    machine = pages()
    machine.handle([], 0.0)
    turns = [machine.handle([arrived("state/board", board(service(waiting=n), seq=n))], n / 100) for n in range(1, 101)]
    counts = [n for n, turn in enumerate(turns, 1) if shown(turn)]
    assert counts == [25, 50, 75, 100]


def test_the_last_of_a_burst_is_shown_without_another_message():
    machine = pages()
    machine.handle([], 0.0)
    assert shown(machine.handle([arrived("state/board", board(service(waiting=9)))], 0.1)) == {}
    assert machine.deadline() == 0.25
    page = shown(machine.handle([], 0.25))["managers", "vi"]
    assert page.totals.waiting == "9"  # type: ignore[attr-defined]


def test_what_grows_by_itself_is_shown_each_second():
    machine = pages()
    machine.handle([], 0.0)
    assert machine.deadline() == 1.0
    assert shown(machine.handle([], 0.9)) == {}
    assert shown(machine.handle([], 1.0))


def test_the_hubs_silence_needs_no_message():
    machine = pages()
    machine.handle([arrived("beat", beat())], 0.0)
    page = shown(machine.handle([], 5.5))["managers", "vi"]
    assert page.frame.silence.startswith("Mất kết nối")  # type: ignore[attr-defined]


def test_what_is_no_message_is_complained_of_and_nothing_dies():
    machine = pages()
    out = machine.handle([Arrived(TOPICS.root + "state/board", b"{"), arrived("beat", beat("x"))], 0.0)
    assert [o.topic for o in out if isinstance(o, Complaint)] == [TOPICS.state("board"), TOPICS.beat]


def test_a_press_goes_to_the_fake_device_once_and_is_never_retained():
    out = pages(fake=True).handle([Press("kiosk-1", FakePress(press="A"))], 0.0)
    sent = [o for o in out if isinstance(o, Publish)]
    assert [(p.topic, p.qos, p.retain) for p in sent] == [("moiso/1/test-site/fake/kiosk-1", 0, False)]
    assert sent[0].payload == encode(FakePress(press="A"))


def test_it_knows_whether_it_is_linked():
    machine = pages()
    assert not machine.linked
    machine.handle([LinkUp("web")], 0.0)
    assert machine.linked
    machine.handle([LinkDown("web")], 0.1)
    assert not machine.linked


def test_what_the_fakes_left_reaches_the_panel():
    machine = pages(fake=True)
    page = shown(machine.handle([Traced({"kiosk-1": Traces(ticket="A001", printed=3)})], 0.0))["panel", "vi"]
    assert page.kiosks["kiosk-1"].ticket == "A001"  # type: ignore[attr-defined]


def test_it_listens_to_what_it_shows_and_no_more():
    assert set(pages().subscriptions) == {
        "moiso/1/test-site/state/#", "moiso/1/test-site/beat",
        "moiso/1/test-site/status/+", "moiso/1/test-site/figures/day", "moiso/1/test-site/reply/web",
        "moiso/1/test-site/event/ticket-printed", "moiso/1/test-site/event/ticket-print-failed",
    }  # fmt: skip
