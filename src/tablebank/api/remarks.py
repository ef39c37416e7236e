"""Remarks over HTTP: written and read where their subject is (RUN-10)."""

from typing import Any
from uuid import UUID

from tablebank.api import answers, shapes
from tablebank.api.endpoint import R, Read, Write
from tablebank.commands import remarks as commands
from tablebank.commands.perform import Done
from tablebank.domain.authority import SEES_EXCEPTIONS
from tablebank.domain.plain import plain
from tablebank.domain.remarks import RemarkedOn
from tablebank.queries import remarks
from tablebank.queries.doors import View


def _the_remark(cursor: Any, done: Done) -> Any:
    return plain(remarks.remark_by_id(cursor, done.scene.casino_id, done.decision.subject_id))


def _items(view: View, on: RemarkedOn, subject_id: UUID) -> Any:
    items = remarks.remarks_on(view.cursor, view.casino_id, subject_type=on, subject_id=subject_id)
    return {"items": items, "next_cursor": None}


def _on_session(view: View, at: Any, query: Any) -> Any:
    answers.session(view, at, query)
    return _items(view, RemarkedOn.SESSION, at)


def _on_slip(view: View, at: Any, query: Any) -> Any:
    answers.slip(view, at, query)
    return _items(view, RemarkedOn.SLIP, at)


def _on_exception(view: View, at: Any, query: Any) -> Any:
    view.only_for(SEES_EXCEPTIONS)
    answers.exception(view, at, query)
    return _items(view, RemarkedOn.EXCEPTION, at)


_PLACES = (
    ("sessions", commands.REMARK_ON_SESSION, _on_session, "session"),
    ("slips", commands.REMARK_ON_SLIP, _on_slip, "slip"),
    ("exceptions", commands.REMARK_ON_EXCEPTION, _on_exception, "exception"),
)

REMARKS: tuple[Read | Write, ...] = tuple(
    endpoint
    for tag, command, answer, subject in _PLACES
    for endpoint in (
        Read(
            path=f"/{tag}/{{id}}/remarks",
            tag=tag,
            summary=f"Remarks on this {subject}",
            answer=answer,
        ),
        Write(
            path=f"/{tag}/{{id}}/remarks",
            tag=tag,
            summary=f"Write a signed remark on this {subject}",
            command=command,
            shape=shapes.RemarkIn,
            render=_the_remark,
            refuses=(R.REASON_REQUIRED,),
        ),
    )
)
