"""The press that is being answered, from the finger to the paper. Pure; the machine moves it on."""

from dataclasses import dataclass

from kiosk.screen import Progress, Stage
from kiosk.words import IssuedTicket, Receipt
from moiso.wire.messages import Words

#: Seconds for which the hub is waited for when the kiosk has a number of its own; the longest wait for an answer: 1.5 s
#: from the finger to lamp and page, which take their part of it.
HUB_TIME, PATIENCE = 0.8, 1.3
#: A number that the hub gave so many seconds before a press began was given for the same press in an earlier life.
EARLIER = 1.0
#: Seconds within which a button that is pressed again was pressed once: a double tap, or somebody who drums on it.
DOUBLE = 1.0
#: Seconds for which a visitor may ask for the paper again.
OWN_MINUTE = 60.0
#: Seconds after which nothing is heard of a print any more.
LONGEST_PRINT = 30.0
#: Seconds after which a page that says nothing any more is taken for gone.
LONGEST_SHOWN = 90.0

#: A press in one of these is being worked on: nobody else's counts.
BUSY: frozenset[Stage] = frozenset({"asking", "printing"})


@dataclass(slots=True)
class Press:
    """One press: its id, its service, the secret of its number, when it began, and how far it is.

    since: when its stage began. given_at: when it got its number. offline: the kiosk answers it by itself. phantom: the
    number that the hub gave it meanwhile.
    """

    id: str
    service: str
    token: str
    began: float
    words: Words
    offline: bool = False
    phantom: str | None = None
    given_at: float | None = None
    stage: Stage = "asking"
    since: float = 0.0
    last: str | None = None
    issued: IssuedTicket | None = None
    receipt: Receipt | None = None

    @property
    def busy(self) -> bool:
        """Whether something is still on its way."""
        return self.stage in BUSY

    @property
    def ticket(self) -> str | None:
        """Its number, once there is one."""
        return self.receipt.ticket if self.receipt else None

    def becomes(self, stage: Stage, words: Words, now: float) -> None:
        """The press has come further."""
        self.stage, self.words, self.since = stage, words, now

    def progress(self, labels: dict[int, str], *, reprint: bool) -> Progress:
        """What the page shows of it; `labels`: what people call the counters; `reprint`: it may be printed again."""
        issued = self.issued
        return Progress(
            press=self.id,
            service=self.service,
            stage=self.stage,
            words=self.words,
            ticket=self.ticket,
            last=self.last,
            ahead=issued.ahead if issued else None,
            promise=issued.promise if issued else None,
            counters=[labels.get(n, str(n)) for n in issued.counters] if issued else [],
            url=self.receipt.url if self.receipt else None,
            phones=self.receipt is None or self.receipt.phones,
            offline=self.offline,
            minutes_old=issued.minutes_old if issued else None,
            reprint=reprint,
        )
