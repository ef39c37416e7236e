"""Printing what a demo came to: shift rundowns by table and group, and whether they are true."""

import json
from typing import Any

import typer

from tablebank.simulator.outcome import Outcome

DASH = "n/a"


def show_outcome(outcome: Outcome, *, casino: str, as_json: bool) -> None:
    """The outcome as JSON, or as the tables a shift manager reads."""
    if as_json:
        typer.echo(json.dumps({"casino": casino, **outcome.as_json()}, default=str))
        return
    for shift in outcome.shifts:
        typer.echo(f"\n{shift.gaming_day} {shift.shift}")
        rows = [
            row
            for row in outcome.tables
            if (row.gaming_day, row.shift) == (shift.gaming_day, shift.shift)
        ]
        for row in rows:
            mark = "" if row.matches else "  DIFFERS: " + "; ".join(row.differences)
            typer.echo(
                f"  {row.table:<7} pit {row.pit:<3} {row.mode:<16} {row.state:<14}"
                f" before drop {_money(row.result.before_drop_cents):>14}"
                f" win {_money(row.result.win_cents):>14}{mark}"
            )
        typer.echo(
            f"  sum of the known {_money(shift.known_cents)}, shift win {_money(shift.win_cents)};"
            f" {shift.complete} complete, {shift.shared} shared, {shift.pending} pending,"
            f" {shift.unknown} unknown"
        )
    if outcome.groups:
        typer.echo("\nDrop groups (one box served several sessions)")
    for group in outcome.groups:
        mark = "" if group.matches else "  DIFFERS: " + "; ".join(group.differences)
        typer.echo(
            f"  {group.table:<7} {'+'.join(group.shifts):<18} {group.state:<12}"
            f" win {_money(group.result.win_cents):>14}{mark}"
        )
    _show_totals(outcome, casino)


def _show_totals(outcome: Outcome, casino: str) -> None:
    typer.echo(
        f"\nCasino {casino}: truth {_money(outcome.truth_win_cents)},"
        f" result {_money(outcome.result_win_cents)}"
    )
    if outcome.open_exceptions:
        typer.echo(f"Open exceptions: {', '.join(outcome.open_exceptions)}")
    verdict = "matches the truth to the cent" if outcome.matches else "does NOT match the truth"
    rate = outcome.requests / outcome.seconds if outcome.seconds else 0.0
    typer.echo(
        f"Everything {verdict}." if outcome.matches else f"It {verdict}: look for DIFFERS above."
    )
    typer.echo(f"{outcome.requests} requests in {outcome.seconds:.1f} s, {rate:.0f} a second.")


def _money(cents: Any) -> str:
    if cents is None:
        return DASH
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"
