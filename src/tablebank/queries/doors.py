"""The door for reading: who asks, in which casino, as of one instant.

Every read happens inside one read-only transaction in the casino's scope, so that all figures of an
answer belong together and nothing of another casino can be seen (TEN-1).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tablebank.domain.authority import SEES_NO_MANIFEST
from tablebank.domain.blind import is_blind
from tablebank.domain.credentials import Caller, Credential
from tablebank.domain.decisions import House
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import Role
from tablebank.store.load import load_caller, load_house
from tablebank.store.scope import Cursor, casino_view


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What a read sees. `now` is the latest instant a simulated casino was given (TIME-5).

    `head` is the number of the last journal entry that is in it: who follows the journal from
    there misses nothing (JRN-4). `has_begun`: whether any table of the casino was ever opened.
    """

    cursor: Cursor
    house: House
    caller: Caller
    clock_at: datetime | None
    now: datetime
    head: int
    has_begun: bool

    @property
    def casino_id(self) -> UUID:
        return self.house.casino.id

    @property
    def today(self) -> date:
        """The gaming day that now lies in (TIME-2)."""
        return self.house.calendar.day_of(self.now)

    @property
    def blind(self) -> bool:
        """Whether the reader may count a tray in a house that counts blind (SNAP-4)."""
        return is_blind(self.house, self.caller.roles)

    @property
    def sees_manifests(self) -> bool:
        """Whether the reader may learn what the count room found: nobody of the cage (CNT-18)."""
        return not self.caller.roles & SEES_NO_MANIFEST

    def only_for(self, roles: Collection[Role]) -> None:
        """Refuses ROLE_NOT_ALLOWED unless the caller has one of the roles."""
        if not self.caller.roles & set(roles):
            raise Refused(Refusal.ROLE_NOT_ALLOWED, {"needed": sorted(str(role) for role in roles)})


@contextmanager
def reading(credential: Credential, *, at: datetime) -> Iterator[View]:
    """Open the casino for reading, or refuse NOT_SIGNED_IN. `at` is the server's clock."""
    with casino_view(credential.casino_id) as cursor:
        known = load_house(cursor, credential.casino_id)
        caller = load_caller(cursor, credential, at=at)
        yield View(
            cursor=cursor,
            house=known.house,
            caller=caller,
            clock_at=known.clock_at,
            now=known.now(at=at),
            head=known.head,
            has_begun=known.has_begun,
        )
