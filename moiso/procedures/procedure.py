"""A procedure of the catalogue: what it is called, what to bring, where it is done. Pure."""

from msgspec import Struct

from moiso.procedures.label import shortened


class Procedure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One procedure.

    code: such as 1.001193. short: a label that the list itself gives. papers: what to bring, in order; papers_en: the
    same in English, or nothing. service: the letter of the service that does it. where: who does it instead of this
    centre, in words; then there is no service. With neither, people ask at the desk. also: what people call it.
    """

    code: str
    name: str
    short: str = ""
    name_en: str = ""
    field: str = ""
    level: str = ""
    papers: tuple[str, ...] = ()
    papers_en: tuple[str, ...] = ()
    service: str | None = None
    where: str = ""
    where_en: str = ""
    also: tuple[str, ...] = ()
    url: str = ""

    def label(self, language: str = "vi") -> str:
        """The name, short enough for two lines of large type; Vietnamese where there is no English one."""
        if language != "vi" and self.name_en:
            return shortened(self.name_en)
        return shortened(self.short or self.name)

    def checklist(self, language: str = "vi") -> tuple[str, ...]:
        """What to bring; Vietnamese where there is no English list. Empty: the list did not say."""
        return self.papers_en if language != "vi" and self.papers_en else self.papers

    def elsewhere(self, language: str = "vi") -> str:
        """Who does it instead of this centre; empty when it is done here, or nobody knows."""
        return self.where_en if language != "vi" and self.where_en else self.where
