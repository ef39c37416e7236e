"""A connection beside Django's own, to the same database and under the same role.

For who waits on a connection for as long as the program runs (a listener), or speaks without
holding anybody up (the poke after a commit).
"""

from pathlib import Path
from typing import Any

from django.db import connections

from tablebank.store.embedded.server import join
from tablebank.store.scope import ALIAS

_DJANGO_ALONE = ("cursor_factory", "context", "prepare_threshold")


def connection_beside() -> dict[str, Any]:
    """What psycopg is told to connect with, read at each call: a test moves between databases."""
    given = connections[ALIAS].get_connection_params()
    return {name: value for name, value in given.items() if name not in _DJANGO_ALONE}


def connection_at_home() -> dict[str, Any]:
    """The same, after the embedded server, where there is one, has been brought up again."""
    home = connections[ALIAS].settings_dict["OPTIONS"].get("home")
    if home is not None:
        join(home=Path(home))
    return connection_beside()
