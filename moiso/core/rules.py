"""What a site decided about its queue: services, counters and the few numbers of the policy."""

from msgspec import Struct


class Service(Struct, frozen=True, kw_only=True):
    """One line of people: `code` is the prefix of its numbers."""

    code: str
    name: str
    name_en: str = ""


class Desk(Struct, frozen=True, kw_only=True):
    """One counter: its number, the label people read, the services it calls."""

    number: int
    label: str
    services: tuple[str, ...]


class Rules(Struct, frozen=True, kw_only=True):
    """All that `decide` needs to know of a site.

    band: first and last number of the reserved band that kiosks lease from (inclusive).
    block: numbers in one lease.
    bounce: seconds within which a plain button's repeats count as one press.
    inferred_service: seconds at a counter below which a visitor never started counts as absent.
    priority_ratio: ordinary calls between two priority calls while both wait.
    max_wait: seconds after which the oldest goes first whatever the ratio says.
    greeter: whether the site has greeters; without them clerks may issue and void.
    """

    services: tuple[Service, ...]
    desks: tuple[Desk, ...]
    band: tuple[int, int] = (700, 999)
    block: int = 20
    bounce: float = 2.0
    inferred_service: float = 45.0
    priority_ratio: int = 2
    max_wait: float = 45 * 60.0
    greeter: bool = True
