"""What the program is composed of: its key, and what it tells a browser."""

import stat
from pathlib import Path

from django.test import Client

from tablebank.config.secret import secret_key


def test_the_key_is_made_once_and_kept_to_ourselves(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = secret_key(environment={}, home=home)
    assert len(made) > 50
    assert secret_key(environment={}, home=home) == made
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret_key"]


def test_the_key_that_is_given_goes_first(tmp_path: Path) -> None:
    given = {"TABLEBANK_SECRET_KEY": "given"}
    assert secret_key(environment=given, home=tmp_path / "never") == "given"
    assert not (tmp_path / "never").exists()


def test_alive_is_answered_and_nothing_is_to_be_loaded_from_elsewhere() -> None:
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
