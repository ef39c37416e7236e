"""The facts that an exception of the count room is about, where it hangs on no table (FIND-3)."""

from uuid import UUID

from tablebank.domain.facts import Finding
from tablebank.store.scope import Cursor

_SUBJECTS = ("count_session", "count_entry")

_FACTS = """
with session as (
    select id from count_session where casino_id = %(casino)s and id = %(subject)s
    union
    select count_session_id from count_entry where casino_id = %(casino)s and id = %(subject)s
)
select id from session
union all
select kept.id from session join count_entry kept
  on kept.casino_id = %(casino)s and kept.count_session_id = session.id
union all
select kept.id from session join count_verification kept
  on kept.casino_id = %(casino)s and kept.count_session_id = session.id
union all
select kept.id from session join soft_count kept
  on kept.casino_id = %(casino)s and kept.count_session_id = session.id
"""


def facts_of_count(cursor: Cursor, casino_id: UUID, finding: Finding) -> frozenset[UUID]:
    """The count session with all that was entered, verified and posted in it, by the ids their
    signatures hang on; nothing for a finding that is on something else."""
    if finding.subject_type not in _SUBJECTS:
        return frozenset()
    values = {"casino": casino_id, "subject": finding.subject_id}
    return frozenset(row[0] for row in cursor.execute(_FACTS, values).fetchall())
