"""What the one door does with a signed paper that a fact is entered from (BACK-1).

Who may call and who must sign follows another line then; what was decided comes back resting on the
paper. Which commands take one, each says itself.
"""

from tablebank.commands.scene import Command, Scene
from tablebank.domain.authority import Step, from_paper
from tablebank.domain.back_entry import entered_from_paper
from tablebank.domain.decisions import Decision
from tablebank.domain.papers import Paper
from tablebank.domain.refusals import FieldError, Refusal, Refused


def line_of(step: Step, command: Command, *, paper: Paper | None) -> Step:
    """The line of SIGN-3 that is held against who calls and signs; from paper, that of BACK-1."""
    return from_paper(step) if paper is not None and command.on_paper else step


def check_paper(command: Command, *, paper: Paper | None) -> None:
    """Refuses SHAPE a paper for what is no fact of the floor."""
    if paper is not None and not command.on_paper:
        error = FieldError("/paper", Refusal.SHAPE.name, "This is not entered from paper.")
        raise Refused(Refusal.SHAPE, errors=[error])


def as_entered(scene: Scene, decision: Decision) -> Decision:
    """The decision on a fact of a table, and with it the paper it was entered from, if it was."""
    if scene.facts is None:
        return decision
    return entered_from_paper(act=scene.acted(), facts=scene.facts, decision=decision)
