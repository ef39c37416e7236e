"""`python -m tablebank.cli`: the same as `tablebank`."""

from tablebank.cli import app

app()
