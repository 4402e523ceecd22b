"""One hall for most of the rulebook; each test finds nobody there and every counter closed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.conftest import Broker
from tests.contract.rules.sites import SITE
from tests.whole.hall import Hall, accepted
from tests.whole.talk import Ear

MakeHall = Callable[..., Hall]


@pytest.fixture(scope="package")
def make_hall(make_broker: Callable[..., Broker], tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeHall]:
    """`make_hall(text)` starts one more hub on this site.toml."""
    with ExitStack() as halls:

        def make(text: str) -> Hall:
            path: Path = tmp_path_factory.mktemp("hall") / "site.toml"
            path.write_text(text, encoding="utf-8")
            hall = halls.enter_context(closing(Hall(path, make_broker)))
            hall.start()
            return hall

        yield make


@pytest.fixture(scope="package")
def hall(make_hall: MakeHall) -> Hall:
    """The hall of most tests, with every default of the rulebook."""
    return make_hall(SITE)


@pytest.fixture
def ear(hall: Hall) -> Iterator[Ear]:
    """Hears every event and every state of the hall during one test."""
    with hall.listens() as ear:
        yield ear


@pytest.fixture(autouse=True)
def _leave_in_order() -> None:
    """The tests of the rulebook have hubs of their own; see `_empty`."""


@pytest.fixture(autouse=True)
def _empty(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test of the shared hall nobody is left there."""
    yield
    if "hall" in request.fixturenames:
        empty(request.getfixturevalue("hall"))


def empty(hall: Hall) -> None:
    """Every service works, counters are closed and serve what site.toml says, and nobody waits."""
    services, counters, web = hall.site.services, hall.site.counters, hall.device("web")
    hall.manager.asks_all("restore-service", [{"service": s.code} for s in services])
    web.asks_all("close", [{"role": "clerk", "counter": c.number} for c in counters])
    hall.manager.asks_all("assign", [{"counter": c.number, "services": c.services} for c in counters])
    ranges = [{"ticket": f"{s.code}001", "to": f"{s.code}500", "reason": "test over"} for s in services]
    hall.manager.asks_all("void", ranges)


def order_at(hall: Hall, counter: int) -> list[str]:
    """Whom this counter calls, one after the other, until nobody waits for it."""
    called = []
    while number := accepted(hall.unit(counter).asks("next"))["ticket"]:
        called.append(number)
        accepted(hall.unit(counter).asks("start"))
    return called


def two_ordinary_calls(hall: Hall) -> None:
    """Counter 1 has made two calls since its last one of priority: by the ratio the next may be one."""
    for _ in range(2):
        hall.serving(1, "A")
    accepted(hall.unit(1).asks("finish"))
