"""Whether anything of a casino changed, in any table: what a refusal must not do (SESS-6)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tablebank.store.guards import GUARDS
from tablebank.store.scope import casino_view
from tests.cast import Casino

_EVERY_TABLE = " union all ".join(
    f"select '{guard.table}', coalesce(md5(string_agg(md5(kept::text), ''"
    f" order by md5(kept::text))), '') from {guard.table} kept"
    for guard in GUARDS
    if guard.casino is not None
)


def everything(casino: Casino) -> Mapping[str, str]:
    """A digest of every row of the casino, table by table."""
    with casino_view(casino.founded.id) as cursor:
        return dict(cursor.execute(_EVERY_TABLE).fetchall())


@contextmanager
def nothing_changes(casino: Casino) -> Iterator[None]:
    """Not a row of the casino is written, changed or gone when the block ends."""
    before = everything(casino)
    yield
    after = everything(casino)
    assert after == before, {name for name in after if after[name] != before[name]}
