"""One server per worker, for what has to go over a real socket; started when first asked for."""

from collections.abc import Iterator

import pytest

from tests.line import OverTheWire
from tests.program import Server, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`tablebank serve` on the worker's own database. What it had to say must be nothing bad."""
    with serving(log=tmp_path_factory.mktemp("server") / "log") as server:
        yield server


@pytest.fixture(scope="session")
def wire(server: Server) -> Iterator[OverTheWire]:
    """A line to that server, for any number of threads."""
    line = OverTheWire(server.base_url)
    yield line
    line.close()
