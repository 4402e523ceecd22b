"""Names on the wire, made from the names in the code."""

import re


def kebab(name: str) -> str:
    """`TicketIssued` -> `ticket-issued`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
