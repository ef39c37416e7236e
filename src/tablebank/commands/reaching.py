"""Commands that concern more tables than the one their path names: the count of boxes above all.

A box may hold a slip of another table, and boxes of many tables are posted together. All the tables
concerned are locked at once, in the order of their ids, which is the one order in which many are
taken; what was raised or put right on any of them is found when everything is written down.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tablebank.commands.scene import Scene
from tablebank.domain.decisions import after
from tablebank.domain.facts import Finding, TableFacts
from tablebank.domain.findings.catalogue import settled
from tablebank.store.load import load_facts_of_tables, lock_some_tables, statement

Reach = Mapping[UUID, frozenset[UUID]]
"""Tables, each with its sessions in question."""


def reach_of_boxes(
    scene: Scene, removal_ids: Iterable[UUID], evidence: Iterable[Mapping[str, Any]]
) -> Reach:
    """What the count of these boxes concerns, with these forms in them (SOFT-4)."""
    found = [line for line in evidence if line.get("number")]
    rows = scene.cursor.execute(
        statement("reach_of_boxes"),
        {
            "casino": scene.casino_id,
            "removals": list(removal_ids),
            "numbers": sorted({line["number"] for line in found}),
            "markers": sorted({line["number"] for line in found if line["form"] == "MARKER"}),
        },
    ).fetchall()
    concerned: dict[UUID, set[UUID]] = {}
    for table_id, session_id in rows:
        concerned.setdefault(table_id, set()).add(session_id)
    return {table_id: frozenset(sessions) for table_id, sessions in concerned.items()}


def reach_of_findings(findings: Iterable[Finding]) -> Reach:
    """The tables these hang on, each with their sessions; those that hang on none reach nothing."""
    concerned: dict[UUID, set[UUID]] = {}
    for each in findings:
        if each.table_id is not None and each.session_id is not None:
            concerned.setdefault(each.table_id, set()).add(each.session_id)
    return {table_id: frozenset(sessions) for table_id, sessions in concerned.items()}


def lock_reach(scene: Scene, reach: Reach) -> None:
    """Take the locks of all the tables concerned, before the command takes its own (SLIP-11)."""
    own = () if scene.target.table_id is None else (scene.target.table_id,)
    if reach:
        scene.reach = reach
        scene.reached = lock_some_tables(scene.cursor, scene.casino_id, {*reach, *own})


def facts_in_reach(scene: Scene) -> Mapping[UUID, TableFacts]:
    """The facts of all the tables concerned as they are now, under their locks, by table."""
    focus = {each for sessions in scene.reach.values() for each in sessions}
    found = load_facts_of_tables(scene.cursor, scene.reached, focus=focus)
    for facts in found.values():
        for name in facts.__slots__:
            place = getattr(facts, name)
            if isinstance(place, tuple):
                scene.keep(place)
    return found


def settled_in_reach(scene: Scene) -> tuple[Finding, ...]:
    """What is raised, changed or cleared on any of them, once everything is written down (FIND-2).

    They are read anew for it: what one table's box held is a fact about another's slip.
    """
    everywhere: list[Finding] = []
    for table_id, facts in facts_in_reach(scene).items():
        found = settled(act=scene.acted(), house=scene.house, facts=facts)
        everywhere += found
        if table_id == scene.target.table_id:
            scene.facts = after(facts, found)
    return tuple(everywhere)
