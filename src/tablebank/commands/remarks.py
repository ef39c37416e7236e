"""Commands of remarks: on a session, a slip, an exception (RUN-10)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tablebank.commands.scene import Command, Scene, Target, the_finding, the_session, the_slip
from tablebank.domain.decisions import Decision
from tablebank.domain.remarking import Subject, remark
from tablebank.domain.remarks import RemarkedOn


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteRemark:
    """What is said, and what it points to: an incident report, a recording."""

    text: str
    reference: str | None = None


def _written(on: RemarkedOn, session_of: Callable[[Scene], UUID | None]) -> Any:
    def decide(scene: Scene, body: WriteRemark) -> Decision:
        if scene.target.id is None:
            raise RuntimeError("the path names nothing")
        subject = Subject(
            casino_id=scene.casino_id,
            type=on,
            id=scene.target.id,
            session_id=session_of(scene),
            table_id=scene.target.table_id,
        )
        return remark(act=scene.acted(), on=subject, text=body.text, reference=body.reference)

    return decide


def _on(
    on: RemarkedOn,
    *,
    step: str,
    find: Callable[[Scene, UUID | None], Target],
    session_of: Callable[[Scene], UUID | None],
) -> Command:
    return Command(
        name=f"remark_on_{on}",
        body=WriteRemark,
        step=step,
        find=find,
        decide=_written(on, session_of),
        creates=True,
    )


REMARK_ON_SESSION = _on(
    RemarkedOn.SESSION,
    step="remark",
    find=the_session,
    session_of=lambda scene: scene.session().id,
)
REMARK_ON_SLIP = _on(
    RemarkedOn.SLIP,
    step="remark",
    find=the_slip,
    session_of=lambda scene: scene.slip().session_id,
)
REMARK_ON_EXCEPTION = _on(
    RemarkedOn.EXCEPTION,
    step="remark_on_exception",
    find=the_finding,
    session_of=lambda scene: scene.finding().session_id,
)
