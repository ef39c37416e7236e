"""`tablebank demo`: a casino at work, to look at or to check against its truth."""

import typer


def demo() -> None:
    """A casino at work."""
    raise typer.Exit(2)
