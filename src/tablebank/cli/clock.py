"""The server's clock, as every face hands it down."""

from datetime import UTC, datetime


def clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(tz=UTC)
