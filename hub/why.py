"""Why somebody was called: the rule in a sentence, in both languages, as it stands in the log for ever. Pure."""

from moiso.core.centre import Centre
from moiso.core.events import TicketCalled
from moiso.texts import both


def why(centre: Centre, event: TicketCalled, now: float) -> dict[str, str]:
    """The sentence for a call that is about to be appended at `now`, from the state before it."""
    ticket, rules = centre.tickets.get(event.ticket), centre.rules
    service = rules.service(event.service)
    words = both(
        f"policy.{event.policy.replace('-', '_')}",
        minutes=0 if ticket is None else max(0, int((now - ticket.waits_since) // 60)),
        ratio=rules.priority_ratio,
        limit=round(rules.max_wait / 60),
        service=service.name if service else event.service,
        state="" if ticket is None else both(f"state.{ticket.state}"),
        reason="" if event.reason is None else both(f"call_reason.{event.reason}"),
    )
    return {"vi": words.vi, "en": words.en}
