"""Who sits before a page. Pure."""

from msgspec import Struct

from moiso.core.roles import Role

#: What an account may be: people at pages, never devices.
ROLES = (Role.CLERK, Role.GREETER, Role.MANAGER)


class Account(Struct, frozen=True, kw_only=True):
    """One account; `id` is the pseudonym that site.toml calls `who`, `name` what pages show.

    counter: where a clerk sits unless she chooses another; disabled: nobody can use it any more.
    """

    id: str
    name: str
    role: Role
    counter: int | None = None
    disabled: bool = False


class Person(Struct, frozen=True, kw_only=True):
    """An account that is logged in; `counter`: the one chosen for this session.

    key: what the database calls the session; csrf: what must come back with every action of its pages.
    """

    account: Account
    counter: int | None
    key: str
    csrf: str

    @property
    def role(self) -> Role:
        """What this person may do, as it stands now."""
        return self.account.role
