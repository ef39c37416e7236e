"""Things done at the same moment, by as many as there are; and what a race must never leave."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from tests.cast import Casino
from tests.line import Answer

T = TypeVar("T")


def at_once(doings: Sequence[Callable[[], T]]) -> list[T]:
    """Do them all at the same moment; what each came to, in their order."""
    start = Barrier(len(doings))

    def run(doing: Callable[[], T]) -> T:
        start.wait()
        return doing()

    with ThreadPoolExecutor(max_workers=len(doings)) as pool:
        return list(pool.map(run, doings))


def told(answers: Sequence[Answer]) -> Counter[str]:
    """How often each status and code came; a refusal by its code."""
    return Counter(f"{each.status} {each.code or ''}".strip() for each in answers)


def check_journal(casino: Casino) -> int:
    """The chain holds and its numbers have no gap, whatever raced (JRN-1). How many there are."""
    seen = casino.ana.get("/journal/verify").must(200)
    assert seen["valid"], seen
    after, numbers = 0, []
    while page := casino.ana.get("/journal", after=after, limit=1000).must(200)["items"]:
        numbers += [each["number"] for each in page]
        after = numbers[-1]
    assert numbers == list(range(1, seen["entries"] + 1))
    return len(numbers)
