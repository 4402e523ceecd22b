"""Which service of this centre, or who else, does what: by the field of the list, as site.toml says. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from moiso.procedures.procedure import Procedure
from moiso.runtime.site_tables import ElsewhereConf, ServiceConf

#: In `fields`: every field that no other table names.
ALL = "*"


@dataclass(frozen=True)
class Places:
    """By field, without regard to capitals: the service's letter, or who else does it (Vietnamese, English)."""

    services: frozenset[str] = frozenset()
    here: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, tuple[str, str]] = field(default_factory=dict)

    def placed(self, procedure: Procedure) -> Procedure:
        """The procedure with its `service` or its `where`; what the list says of itself comes first."""
        if procedure.where or procedure.service in self.services:
            return procedure
        for key in (_key(procedure.field), ALL):
            if key in self.here:
                return replace(procedure, service=self.here[key])
            if key in self.elsewhere:
                where, where_en = self.elsewhere[key]
                return replace(procedure, service=None, where=where, where_en=where_en)
        return replace(procedure, service=None)


def places_of(services: Iterable[ServiceConf], elsewhere: Iterable[ElsewhereConf]) -> Places:
    """What the tables of site.toml say."""
    listed = tuple(services)
    return Places(
        services=frozenset(service.code for service in listed),
        here={_key(name): service.code for service in listed for name in service.fields},
        elsewhere={_key(name): (other.where, other.where_en) for other in elsewhere for name in other.fields},
    )


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
