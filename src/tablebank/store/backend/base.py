"""The connection Django opens to the embedded server: the server is brought up first.

So a page, a command and a test all start it in the same way, and a long-lived process finds it
again after a crash: by opening a connection.
"""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from tablebank.store.embedded.place import socket_folder
from tablebank.store.embedded.server import join


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL on the private socket of the home named by `OPTIONS["home"]`."""

    def get_connection_params(self) -> dict[str, Any]:
        """Leave out the home, which is ours to know and none of the server's business."""
        params = super().get_connection_params()
        params.pop("home", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection to a server that is up."""
        home = Path(self.settings_dict["OPTIONS"]["home"])
        join(home=home)
        return super().get_new_connection({**conn_params, "host": str(socket_folder(home=home))})
