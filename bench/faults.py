"""Nights with faults of known truth: what is raised of what went wrong, and what is for nothing.

Recall and precision must be 1.0: every fault raised as its kind on its subject, and nothing else on
record. Each night is played over HTTP in this process, in a casino of its own, swept, and read back
as accounting reads it. A night that does not hold is told with the line that plays it again.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch

import django
from argon2 import PasswordHasher

from tablebank.commands import pins
from tablebank.simulator.client import Amiss, Turned
from tablebank.simulator.faults.catalogue import BY_NAME
from tablebank.simulator.faults.kind import Shown
from tablebank.simulator.faults.reckoning import Reckoned
from tests import nights_with_faults

AT_ONCE = 2
"""Nights played side by side: each waits for the database half of its time."""
LIGHTLY = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""How PINs are hashed here: people are hired for every night."""
ALL, NONE = "1.000", "none"


@dataclass(frozen=True, slots=True)
class Stopped:
    """A night in which an honest step was refused: nothing can be said of it."""

    seed: int
    why: str


def measure(*, nights: int, seed: int) -> list[dict[str, Any]]:
    """The nights of the seeds from 1; or that of one seed, where one is named."""
    seeds = [seed] if seed else list(range(1, nights + 1))
    played: list[Reckoned] = []
    stopped: list[Stopped] = []
    for each in _nights(seeds):
        if isinstance(each, Stopped):
            stopped.append(each)
            print(f"seed {each.seed} stopped: {each.why}", file=sys.stderr)
            print(f"  again: python -m bench faults --seed {each.seed}", file=sys.stderr)
        else:
            played.append(each)
            if seed or not each.holds:
                print(each.told(), file=sys.stderr)
    by_fault = [bar for bar in _by_fault(played) if not seed or bar["figure"] != NONE]
    return [*_in_all(played, stopped), *by_fault, *_by_kind(played)]


def _nights(seeds: Sequence[int]) -> Iterator[Reckoned | Stopped]:
    if len(seeds) == 1:
        yield _night(seeds[0])
        return
    with ProcessPoolExecutor(
        max_workers=AT_ONCE, mp_context=get_context("spawn"), initializer=django.setup
    ) as pool:
        for done, played in enumerate(pool.map(_night, seeds), start=1):
            if done % 20 == 0:
                print(f"{done} nights", file=sys.stderr)
            yield played


def _night(seed: int) -> Reckoned | Stopped:
    with patch.object(pins, "HASHER", LIGHTLY):
        try:
            return nights_with_faults.night(seed)
        except (Turned, Amiss) as no:
            return Stopped(seed, str(no))


def _in_all(played: Sequence[Reckoned], stopped: Sequence[Stopped]) -> Iterator[dict[str, Any]]:
    due = sum(len(night.due) for night in played)
    missed = sum(len(night.missed) for night in played)
    raised = sum(len(night.raised) for night in played)
    unexpected = sum(len(night.unexpected) for night in played)
    struck = sum(fault.struck for night in played for fault in night.faults)
    honest = sum(not night.faults for night in played)
    through = sum(len(night.let_through) for night in played)
    reconciled = sum(len(night.reconciled) for night in played)
    broken = len(stopped) + sum(bool(night.idle) for night in played)
    of = f"{len(played)} nights, {honest} of them honest, {struck} faults"
    yield _bar(f"recall over {of}", _share(due - missed, due), holds=not missed)
    yield _bar(f"precision over {of}", _share(raised - unexpected, raised), holds=not unexpected)
    tried = f"exceptions that did not stop a result, {reconciled} reconciled"
    yield _bar(tried, str(through), bar="0", holds=not through)
    yield _bar("nights that did not go as drawn", str(broken), bar="0", holds=not broken)


def _by_fault(played: Sequence[Reckoned]) -> Iterator[dict[str, Any]]:
    """Each kind of fault: how often it struck, and how often all of it was raised; one that never
    struck holds nothing."""
    struck: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    for night in played:
        for fault in night.faults:
            struck[fault.name] += fault.struck
            raised[fault.name] += fault.struck and fault.due.issubset(night.raised)
    for name, kind in BY_NAME.items():
        if not kind.is_seen:
            said = f"{name}: {struck[name]} times, no system could see it"
            yield _bar(said, "not raised", bar="not raised", holds=True)
        else:
            share = _share(raised[name], struck[name])
            said = f"{name}: raised {raised[name]} of {struck[name]}"
            yield _bar(said, share, holds=raised[name] == struck[name] > 0)


def _by_kind(played: Sequence[Reckoned]) -> Iterator[dict[str, Any]]:
    """Each kind of exception: how many were raised, and how many of them for something."""
    raised = Counter(_kinds(each for night in played for each in night.raised))
    rightly = Counter(_kinds(each for night in played for each in night.due & {*night.raised}))
    for kind in sorted(raised):
        said = f"{kind}: {rightly[kind]} of {raised[kind]} for something"
        share = _share(rightly[kind], raised[kind])
        yield _bar(said, share, holds=rightly[kind] == raised[kind])


def _kinds(shown: Iterable[Shown]) -> Iterator[str]:
    return (each.kind for each in shown)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else NONE


def _bar(what: str, figure: str, *, holds: bool, bar: str = ALL) -> dict[str, Any]:
    return {"what": what, "figure": figure, "bar": bar, "holds": holds}
