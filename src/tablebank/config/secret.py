"""The key that signs cookies: given by the environment, or made once and kept."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def secret_key(*, environment: Mapping[str, str], home: Path) -> str:
    """`TABLEBANK_SECRET_KEY`, or the key kept in the home, made by whoever asks first."""
    if given := environment.get("TABLEBANK_SECRET_KEY"):
        return given
    kept = home / "secret_key"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = home / f"secret_key.{os.getpid()}"
        opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as writing:
            writing.write(secrets.token_urlsafe(48))
        try:
            # A link and not a rename: the first stays, whoever else was making one.
            kept.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text(encoding="ascii")
