"""Results of sessions that are over, kept for as long as nothing more was written about the table.

A closed session's rundown hangs on its table's facts alone, and every command about a table writes
an entry of the journal that names it (JRN-1). So the number of the table's last entry says whether
a result is still the one that was worked out before; where it is, its facts are not read again.
What is kept is what `rundown_of` said and nothing else (LESSON-13).
"""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from uuid import UUID

from tablebank.domain.boxes import session_of
from tablebank.domain.facts import SlipStep
from tablebank.domain.rundown import Rundown, rundown_of
from tablebank.queries.session_sheet import facts_of_tables
from tablebank.store.scope import Cursor

MOST = 20_000
"""Results kept in a process: the floors of a dozen large houses, a few MB."""

_Key = tuple[UUID, UUID, int]
_kept: OrderedDict[_Key, Rundown] = OrderedDict()
_turn = Lock()


def results_of(cursor: Cursor, casino_id: UUID, over: Mapping[UUID, int]) -> dict[UUID, Rundown]:
    """The rundowns of these sessions; `over` has the last entry of each one's table.

    Both must have been read in one view, or an older result would be kept under a newer number.
    """
    keys = {session_id: (casino_id, session_id, number) for session_id, number in over.items()}
    found = {session_id: _kept[key] for session_id, key in keys.items() if key in _kept}
    missing = [session_id for session_id in over if session_id not in found]
    behind = facts_of_tables(cursor, casino_id, missing, wanted=(SlipStep,)) if missing else {}
    for session_id, facts in behind.items():
        found[session_id] = rundown_of(facts, session_of(facts, session_id))
    _keep({keys[session_id]: found[session_id] for session_id in behind})
    return found


def _keep(new: Mapping[_Key, Rundown]) -> None:
    with _turn:
        _kept.update(new)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
