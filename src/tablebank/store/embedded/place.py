"""Where an embedded server lives, which account runs it, and who may look inside."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

STAND_INS = ("tablebank", "postgres", "nobody")
"""PostgreSQL refuses to run as root: the first of these accounts that exists runs it instead."""
ROOT_HOME = Path("/var/lib/tablebank")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 100


class EmbeddedServerError(RuntimeError):
    """The embedded server could not be brought up; the message says what stood in the way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster:
    """One embedded server: its folders, its account, and the three locks beside it."""

    home: Path
    folder: Path
    sockets: Path
    account: pwd.struct_passwd

    @property
    def data(self) -> Path:
        """The data directory, the server's alone."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.folder / "server.log"

    @property
    def threshold(self) -> Path:
        """Held while somebody brings the server up, so that two never do."""
        return self.home / "embedded.threshold"

    @property
    def leases(self) -> Path:
        """Held shared by every process that uses the server."""
        return self.home / "embedded.leases"

    @property
    def keeping(self) -> Path:
        """Held by the keeper for as long as it and its server live."""
        return self.home / "embedded.keeping"


def default_home() -> Path:
    """Where the program keeps what is its own: `TABLEBANK_HOME`, else a folder of the user's."""
    if given := os.environ.get("TABLEBANK_HOME"):
        return Path(given).expanduser().absolute()
    data = os.environ.get("XDG_DATA_HOME")
    if data is None and os.geteuid() == 0:
        return ROOT_HOME
    return Path(data or "~/.local/share").expanduser().absolute() / "tablebank"


def socket_folder(*, home: Path) -> Path:
    """The folder to connect to: known before the server runs, and short enough for a socket."""
    folder = home / "postgres"
    inside = folder.resolve() / "run"
    if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET:
        return inside
    mark = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tablebank-{mark}"


def settle(*, home: Path) -> Cluster:
    """Make the folders, each open to nobody but the account that needs it."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = home / "postgres"
    account = _account(folder)
    if account.pw_uid != os.geteuid():
        home.chmod(stat.S_IMODE(home.stat().st_mode) | 0o111)
        if not folder.exists() and not _reaches(account, home):
            folder.symlink_to(_elsewhere(account))
    sockets = socket_folder(home=home)
    for private in (folder.resolve(), sockets):
        _make_private(private, account)
    return Cluster(home=home, folder=folder.resolve(), sockets=sockets, account=account)


def run_as(account: pwd.struct_passwd, command: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run a program as that account, which under root is a stand-in, and hear it out."""
    stand_in = account.pw_uid != os.geteuid()
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        user=account.pw_uid if stand_in else None,
        group=account.pw_gid if stand_in else None,
        extra_groups=[] if stand_in else None,
    )


def _account(folder: Path) -> pwd.struct_passwd:
    """Who runs the server: ourselves; under root whoever owns the data, at first a stand-in."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    if folder.exists():
        return pwd.getpwuid(folder.stat().st_uid)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in STAND_INS:
        if name in known:
            return known[name]
    message = f"PostgreSQL does not run as root: create one of the accounts {', '.join(STAND_INS)}"
    raise EmbeddedServerError(message)


def _reaches(account: pwd.struct_passwd, place: Path) -> bool:
    """Whether that account gets as far as the place: asked of the system, not worked out."""
    asked = run_as(account, [shutil.which("test") or "/bin/test", "-x", str(place)])
    return asked.returncode == 0


def _elsewhere(account: pwd.struct_passwd) -> Path:
    """A folder the stand-in can reach, where the home root named is closed to it."""
    ROOT_HOME.mkdir(parents=True, exist_ok=True, mode=0o711)
    folder = Path(tempfile.mkdtemp(prefix="cluster-", dir=ROOT_HOME))
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _make_private(folder: Path, account: pwd.struct_passwd) -> None:
    """Make a folder of the account's, or see that the one found is: never take over another's."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if account.pw_uid != os.geteuid():
            os.chown(folder, account.pw_uid, account.pw_gid)
    seen = folder.lstat()
    closed = stat.S_ISDIR(seen.st_mode) and not seen.st_mode & 0o077
    if seen.st_uid != account.pw_uid or not closed:
        message = f"{folder} must be a folder of {account.pw_name}'s and closed to everybody else"
        raise EmbeddedServerError(message)
