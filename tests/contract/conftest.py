"""One running centre for the whole contract; each test finds nobody waiting and every counter closed."""

from collections.abc import Iterator

import pytest

from tests.whole.centre import Centre, free_port
from tests.whole.talk import Device, Ear


@pytest.fixture(scope="package")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with Centre(tmp_path_factory.mktemp("contract") / "state", (free_port(), free_port())) as centre:
        centre.start()
        yield centre


@pytest.fixture
def ear(centre: Centre) -> Iterator[Ear]:
    """Hears every event and every state during one test."""
    with centre.device("web").listens("event/#", "state/#") as ear:
        yield ear


@pytest.fixture(autouse=True)
def _leave_in_order(centre: Centre) -> Iterator[None]:
    """Whoever got a number in a test is gone after it, and the counters are closed."""
    web = centre.device("web")
    with web.listens("event/ticket-issued", "event/counter-opened", "reply/web") as told:
        yield
        press = web.asks("replay", from_seq=10**9).body["re"]
        told.hears("reply/web", re=press)  # whatever happened before was heard before
        for event in told.on("event/ticket-issued"):
            web.asks("void", role="manager", ticket=event.data["ticket"], reason="test over")
        for event in told.on("event/counter-opened"):
            web.asks("close", role="clerk", counter=event.data["counter"])


@pytest.fixture
def kiosk(centre: Centre) -> Device:
    return centre.device("kiosk-1")


@pytest.fixture
def web(centre: Centre) -> Device:
    return centre.device("web")


@pytest.fixture
def counter(centre: Centre) -> Device:
    """Counter 1, which serves A and B."""
    return centre.device("counter-1")


@pytest.fixture
def other_counter(centre: Centre) -> Device:
    """Counter 2, which serves A and C."""
    return centre.device("counter-2")
