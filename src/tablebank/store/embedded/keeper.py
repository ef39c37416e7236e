"""The process that stands beside the embedded PostgreSQL and locks up after the last one.

It starts the server as its own child and waits until nobody holds a lease any more: the kernel
drops the lease of a process however it ended, so a killed program leaves nothing running. It is
started as a file of its own and needs nothing but the standard library.
"""

import argparse
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

GLANCE_SECONDS = 0.1
STOP_SECONDS = 60.0


def main(arguments: Sequence[str]) -> int:
    """Run the server until it ends by itself or the last lease is given back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leases", type=Path, required=True)
    parser.add_argument("--user", type=int, required=True)
    parser.add_argument("--group", type=int, required=True)
    parser.add_argument("server", nargs="+")
    given = parser.parse_args(arguments)
    for stray in (signal.SIGINT, signal.SIGHUP):
        signal.signal(stray, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    stand_in = os.geteuid() == 0
    leases = os.open(given.leases, os.O_RDWR)
    server = subprocess.Popen(
        given.server,
        start_new_session=True,
        user=given.user if stand_in else None,
        group=given.group if stand_in else None,
        extra_groups=[] if stand_in else None,
    )
    try:
        while server.poll() is None and not _everybody_left(leases):
            time.sleep(GLANCE_SECONDS)
    finally:
        _stop(server)
    return server.returncode


def _everybody_left(leases: int) -> bool:
    """Leases are shared locks, so the exclusive one is to be had once they are all gone."""
    try:
        fcntl.flock(leases, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """A fast shutdown (open transactions roll back); the kill is for a server that hangs."""
    with contextlib.suppress(ProcessLookupError):
        server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
