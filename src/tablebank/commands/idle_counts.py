"""The command that counts a table which stands closed (SNAP-7)."""

from dataclasses import dataclass, replace
from typing import Any

from tablebank.commands.scene import Command, Scene, the_table
from tablebank.domain.chips import check_total, parse_chipset, total_cents
from tablebank.domain.idle_counts import count_idle_table


@dataclass(frozen=True, kw_only=True, slots=True)
class CountIdleTable:
    """The chips in the tray of a table without a session; a total, if sent, is their sum."""

    chipset: Any
    total_cents: int | None = None


def _check(scene: Scene, body: CountIdleTable) -> CountIdleTable:
    chips = scene.house.chips_on(scene.house.calendar.day_of(scene.occurred_at))
    chipset = parse_chipset(body.chipset, chips=chips, may_be_empty=True)
    check_total(claimed=body.total_cents, total=total_cents(chipset, chips=chips))
    return replace(body, chipset=chipset)


COUNT_IDLE_TABLE = Command(
    name="count_idle_table",
    body=CountIdleTable,
    step="record_snapshot",
    find=the_table,
    check=_check,
    decide=lambda scene, body: count_idle_table(
        act=scene.acted(), house=scene.house, facts=scene.on_table(), chipset=body.chipset
    ),
    creates=True,
    on_paper=True,
)
