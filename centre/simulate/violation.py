"""A promise that was not kept."""


class Violation(Exception):  # noqa: N818  it says what was seen
    """The promise with this number (design, section 6) is broken; str() says how.

    Promise 0: no promise of the list, but something that must not happen either.
    """

    def __init__(self, promise: int, what: str) -> None:
        super().__init__(what)
        self.promise = promise

    def __reduce__(self) -> tuple[type["Violation"], tuple[int, str]]:
        return Violation, (self.promise, str(self))
