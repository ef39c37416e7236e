"""CUSTODY_IRREGULAR: a box was not the one it should be, or its way has a hole (BOX-3, BOX-4).

Another box was taken than the record had on the table; the replacement should not hang there; a
link that the casino asks for is missing or stands behind one it precedes; a seal changed; the box
was counted and never arrived. It hangs on the removal, with all that is wrong with it. A forgotten
hand-over that is told with its time clears it; a wrong box is for somebody to explain.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import House
from tablebank.domain.facts import Custody, Removal, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.terms import CustodyStep, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    for removal in facts.removals:
        wrong = {
            **_wrong_box(facts, removal),
            **_wrong_replacement(facts, removal),
            **_wrong_way(facts, removal),
        }
        if wrong:
            yield Found(
                subject_type="drop",
                subject_id=str(removal.id),
                session=session_of(facts, removal.session_id),
                facts={"box": _code(facts, removal), **wrong},
            )


def _code(facts: TableFacts, removal: Removal) -> str | None:
    return next((box.code for box in facts.boxes if box.id == removal.box_id), None)


def _wrong_box(facts: TableFacts, removal: Removal) -> dict[str, Any]:
    mount = next(each for each in facts.mounts if each.id == removal.mount_id)
    if mount.box_id == removal.box_id:
        return {}
    return {"box_on_record": next((b.code for b in facts.boxes if b.id == mount.box_id), None)}


def _wrong_replacement(facts: TableFacts, removal: Removal) -> dict[str, Any]:
    if removal.replacement_unfit is None:
        return {}
    wanted = removal.replacement_box_id
    code = next((box.code for box in facts.boxes if box.id == wanted), None)
    return {"replacement_unfit": str(removal.replacement_unfit), "replacement": code}


def _wrong_way(facts: TableFacts, removal: Removal) -> dict[str, Any]:
    """What is wrong with the chain of hand-overs so far; posting the count was OPENED."""
    chain = list(CustodyStep)
    links = sorted(
        (each for each in facts.custody if each.removal_id == removal.id),
        key=lambda each: chain.index(each.step),
    )
    reached = max((chain.index(each.step) for each in links), default=0)
    seen = {each.step for each in links}
    missing = [
        str(step)
        for step in removal.custody_steps
        if chain.index(step) < reached and step not in seen
    ]
    mount = next(each for each in facts.mounts if each.id == removal.mount_id)
    seals = list(dict.fromkeys(_seals(mount.seal, links)))
    wrong = {
        "missing_steps": missing,
        "backward_steps": [str(each) for each in _backward(links)],
        "seals": seals if len(seals) > 1 else [],
    }
    return {name: said for name, said in wrong.items() if said}


def _backward(links: Sequence[Custody]) -> Iterator[CustodyStep]:
    """The links that, by their time, come after one that they precede in the chain."""
    for index, link in enumerate(links):
        if any(later.occurred_at < link.occurred_at for later in links[index + 1 :]):
            yield link.step


def _seals(on_mounting: str | None, links: Iterable[Custody]) -> Iterator[str]:
    """The seals as they were read, in their order; where none was told, none is compared."""
    yield from (seal for seal in (on_mounting, *(each.seal for each in links)) if seal)


CUSTODY_IRREGULAR = Kind(
    name="CUSTODY_IRREGULAR",
    stops=Stops.RESULT,
    department="count_room",
    words="The box was not the one it should be, or its way to the count room has a hole.",
    detect=detect,
)
