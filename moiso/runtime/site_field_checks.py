"""What contradicts itself in the fields of procedures that a site.toml gives away. Pure.

site_checks says how a check gets its tables.
"""

from collections.abc import Callable, Sequence

from moiso.runtime.site_tables import ElsewhereConf, ServiceConf


def fields_once(services: Sequence[ServiceConf], elsewhere: Sequence[ElsewhereConf]) -> list[str]:
    """A field belongs to one service, or to one place elsewhere."""
    named: dict[str, list[str]] = {}
    tables = [
        *((f"service {service.code}", service.fields) for service in services),
        *((f"elsewhere[{n}]", other.fields) for n, other in enumerate(elsewhere, 1)),
    ]
    for table, fields in tables:
        for field in fields:
            named.setdefault(" ".join(field.split()).casefold(), []).append(table)
    return [
        f"{by[-1]}.fields: {field!r} is named by {by[0]} already; leave it at one of them"
        for field, by in named.items()
        if len(by) > 1
    ]


FIELD_CHECKS: tuple[Callable[..., list[str]], ...] = (fields_once,)
