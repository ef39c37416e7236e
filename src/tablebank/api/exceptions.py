"""The addresses of exceptions: read, handed on, seen, hung under a cause, resolved (FIND)."""

from tablebank.api import answers, asking, render, shapes
from tablebank.api.endpoint import R, Read, Write
from tablebank.commands import exceptions, results

EXCEPTIONS: tuple[Read | Write, ...] = (
    Read(
        path="/exceptions",
        tag="exceptions",
        summary="Exceptions",
        query=asking.Exceptions,
        answer=answers.exceptions,
    ),
    Read(
        path="/exceptions/{id}", tag="exceptions", summary="An exception", answer=answers.exception
    ),
    Write(
        path="/exceptions/{id}/resolve",
        tag="exceptions",
        summary="Resolve with a reason code and a narrative",
        command=results.RESOLVE,
        shape=shapes.ResolveIn,
        render=render.the_exception,
        refuses=(R.EXCEPTION_NOT_OPEN, R.SIGNER_INVOLVED),
    ),
    Write(
        path="/exceptions/{id}/assign",
        tag="exceptions",
        summary="Hand an exception to somebody, or take it back",
        command=exceptions.ASSIGN,
        shape=shapes.AssignIn,
        render=render.the_exception,
        refuses=(R.EXCEPTION_NOT_OPEN, R.REFERENCE_UNKNOWN),
    ),
    Write(
        path="/exceptions/{id}/acknowledge",
        tag="exceptions",
        summary="Surveillance has seen it",
        command=exceptions.ACKNOWLEDGE,
        shape=shapes.PlainIn,
        render=render.the_exception,
    ),
    Write(
        path="/exceptions/{id}/cause",
        tag="exceptions",
        summary="Hang an exception under another of the same cause",
        command=exceptions.HANG,
        shape=shapes.CauseIn,
        render=render.the_exception,
        refuses=(R.EXCEPTION_NOT_OPEN, R.CAUSE_NOT_POSSIBLE),
    ),
)
