"""What each of the casino's settings is called, what it means, and how it is typed and said.

One line for each: forms, pages and history read from here. The bounds are the domain's
(`domain.settings`), the words are the page's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.duties import DutyPair
from tablebank.domain.settings import BoxForm, CreditFlow, Evidence, Locale, Paper, RestorePoint
from tablebank.domain.terms import CustodyStep
from tablebank.web import words
from tablebank.web.actions.kind import Choice, Field
from tablebank.web.figures import money
from tablebank.web.settings.kind import Words
from tablebank.web.settings.reading import as_many, as_money
from tablebank.web.typed import Data
from tablebank.web.written import country_lazy

IN_ADVICE = "advice."
"""Before the names of what is set for the par advice."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """One thing a casino chooses. `kind` is how it is typed; `unit` what is said after a number."""

    name: str
    label: Words
    meaning: Words
    kind: str
    unit: Words = ""
    options: Mapping[str, Words] | None = None

    def field(self) -> Field:
        """As a form asks for it."""
        choices = [
            Choice(value=value, words=str(said)) for value, said in (self.options or {}).items()
        ]
        return Field(
            name=self.name,
            label=str(self.label) + (f" ({self.unit})" if self.unit else ""),
            kind=self.kind,
            hint=str(self.meaning),
            choices=tuple(choices),
        )

    def typed(self, value: Any) -> Data:
        """A value as the form shows it."""
        if self.kind == "many":
            return as_many(self.name, value)
        if self.kind == "check":
            return {self.name: "yes"} if value else {}
        return {self.name: as_money(value) if self.kind == "money" else str(value)}

    def said(self, value: Any, *, currency: str) -> str:
        """A value as the page says it."""
        if self.kind == "money":
            return money(value, currency=currency, exact=True)
        if self.kind == "check":
            return _("Yes") if value else _("No")
        if self.kind == "many":
            return ", ".join(str((self.options or {}).get(each, each)) for each in value)
        text = str((self.options or {}).get(str(value), value))
        return f"{text} {self.unit}" if self.unit else text


MINUTES = gettext_lazy("minutes")

HOW_IT_WORKS: Sequence[Chosen] = (
    Chosen(
        name="locale",
        label=gettext_lazy("Amounts written as in"),
        meaning=gettext_lazy(
            "Which country's separators amounts have, whatever language their reader chose."
        ),
        kind="choice",
        options={each: country_lazy(each.value) for each in Locale},
    ),
    Chosen(
        name="paper",
        label=gettext_lazy("Paper"),
        meaning=gettext_lazy("On which sheets slips, openers, closers and reports are printed."),
        kind="one",
        options={
            Paper.LETTER: gettext_lazy("Letter (8½ × 11 in)"),
            Paper.A4: gettext_lazy("A4 (210 × 297 mm)"),
        },
    ),
    Chosen(
        name="evidence",
        label=gettext_lazy("Evidence"),
        meaning=gettext_lazy("Whether signed paper forms are expected in the drop box."),
        kind="one",
        options={
            Evidence.PAPER: gettext_lazy("Paper forms in the box"),
            Evidence.ELECTRONIC: gettext_lazy("Electronic, no paper"),
        },
    ),
    Chosen(
        name="box_forms",
        label=gettext_lazy("Forms in the box"),
        meaning=gettext_lazy(
            "Which forms a drop box is expected to hold when it is counted; one that is not there"
            " is an exception."
        ),
        kind="many",
        options={
            BoxForm.FILL: gettext_lazy("Fill slips"),
            BoxForm.CREDIT: gettext_lazy("Credit slips"),
            BoxForm.REQUEST: gettext_lazy("Requests"),
            BoxForm.OPENER: gettext_lazy("Openers"),
            BoxForm.CLOSER: gettext_lazy("Closers"),
        },
    ),
    Chosen(
        name="count_verifier",
        label=gettext_lazy("Count verifier"),
        meaning=gettext_lazy(
            "Whether somebody of cage or accounting counts the total blind before a count session"
            " is posted."
        ),
        kind="check",
    ),
    Chosen(
        name="credit_flow",
        label=gettext_lazy("Credit flow"),
        meaning=gettext_lazy(
            "Whether a credit's slip is made out before the chips leave the table, or after the"
            " cage counted them."
        ),
        kind="one",
        options={
            CreditFlow.SLIP_FIRST: gettext_lazy("Slip first"),
            CreditFlow.REQUEST_FIRST: gettext_lazy("Request first"),
        },
    ),
    Chosen(
        name="restore_point",
        label=gettext_lazy("Restore point"),
        meaning=gettext_lazy("When a table run Imprest to Par is brought back to par."),
        kind="one",
        options={
            RestorePoint.TABLE_CLOSE: gettext_lazy("When the table closes"),
            RestorePoint.EACH_SHIFT: gettext_lazy("At the end of each shift"),
            RestorePoint.GAMING_DAY_END: gettext_lazy("At the end of the gaming day"),
        },
    ),
    Chosen(
        name="custody_steps",
        label=gettext_lazy("Custody steps"),
        meaning=gettext_lazy("Which hand-overs of a removed box are signed."),
        kind="many",
        options={step: words.CUSTODY[step] for step in CustodyStep},
    ),
    Chosen(
        name="duty_pairs",
        label=gettext_lazy("Duties that may overlap"),
        meaning=gettext_lazy(
            "Which departments one person may act in on one gaming day. Each use is an exception."
        ),
        kind="many",
        options={
            DutyPair.PIT_CAGE: gettext_lazy("Pit and cage"),
            DutyPair.PIT_COUNT_ROOM: gettext_lazy("Pit and count room"),
            DutyPair.PIT_ACCOUNTING: gettext_lazy("Pit and accounting"),
            DutyPair.CAGE_COUNT_ROOM: gettext_lazy("Cage and count room"),
            DutyPair.CAGE_ACCOUNTING: gettext_lazy("Cage and accounting"),
            DutyPair.COUNT_ROOM_ACCOUNTING: gettext_lazy("Count room and accounting"),
        },
    ),
    Chosen(
        name="drop_box_required",
        label=gettext_lazy("A table needs a drop box to open"),
        meaning=gettext_lazy("Without a mounted box the table is not opened."),
        kind="check",
    ),
    Chosen(
        name="blind_counts",
        label=gettext_lazy("Blind counts"),
        meaning=gettext_lazy("Who counts does not see the last count or the expected tray."),
        kind="check",
    ),
    Chosen(
        name="finalize_pending_count",
        label=gettext_lazy("Finalize with a pending count"),
        meaning=gettext_lazy(
            "A result may become final before its box is counted; its win is then unknown for good."
        ),
        kind="check",
    ),
    Chosen(
        name="telemetry",
        label=gettext_lazy("Telemetry"),
        meaning=gettext_lazy("Buy-ins seen at the table may estimate a drop, marked as such."),
        kind="check",
    ),
    Chosen(
        name="stack_size",
        label=gettext_lazy("Chips in a stack"),
        meaning=gettext_lazy("The count sheet adds this many chips with one touch."),
        kind="whole",
    ),
)

TOLERANCES: Sequence[Chosen] = (
    Chosen(
        name="par_tolerance_cents",
        label=gettext_lazy("Par tolerance"),
        meaning=gettext_lazy("How far an imprest close may be off par without a manager."),
        kind="money",
    ),
    Chosen(
        name="opening_tolerance_cents",
        label=gettext_lazy("Opening tolerance"),
        meaning=gettext_lazy(
            "How far an opening count may differ from the last closing, chip by chip, before it is"
            " counted again."
        ),
        kind="money",
    ),
    Chosen(
        name="count_tolerance_cents",
        label=gettext_lazy("Count tolerance"),
        meaning=gettext_lazy("How far two counts of one box may differ without an exception."),
        kind="money",
    ),
    Chosen(
        name="transit_limit_minutes",
        label=gettext_lazy("Chips on the road"),
        meaning=gettext_lazy("After this long a slip that has not arrived is late."),
        kind="whole",
        unit=MINUTES,
    ),
    Chosen(
        name="session_left_open_minutes",
        label=gettext_lazy("Session left open"),
        meaning=gettext_lazy("How long after its shift a session may still be in play."),
        kind="whole",
        unit=MINUTES,
    ),
    Chosen(
        name="idle_recount_days",
        label=gettext_lazy("Closed tables"),
        meaning=gettext_lazy(
            "After how many days a closed table with chips in it is to be counted again; 0 asks"
            " for none."
        ),
        kind="whole",
        unit=gettext_lazy("days"),
    ),
    Chosen(
        name="hold_limit_points",
        label=gettext_lazy("Hold deviation"),
        meaning=gettext_lazy(
            "How many points a hold may be off what was held in the year before; 0 judges none."
        ),
        kind="whole",
        unit=gettext_lazy("points"),
    ),
)

ADVICE: Sequence[Chosen] = (
    Chosen(
        name="advice.lookback_days",
        label=gettext_lazy("Looks back"),
        meaning=gettext_lazy("How many gaming days the par recommendation looks at."),
        kind="whole",
        unit=gettext_lazy("days"),
    ),
    Chosen(
        name="advice.min_sessions",
        label=gettext_lazy("At least"),
        meaning=gettext_lazy("With fewer sessions than this there is not enough data."),
        kind="whole",
        unit=gettext_lazy("sessions"),
    ),
    Chosen(
        name="advice.target",
        label=gettext_lazy("Fills for each shift"),
        meaning=gettext_lazy("A table that needs more fills than this is advised a higher par."),
        kind="whole",
    ),
    Chosen(
        name="advice.safety_factor",
        label=gettext_lazy("Safety factor"),
        meaning=gettext_lazy("How much of the usual largest fill is added to par: 0.5 to 1."),
        kind="factor",
    ),
    Chosen(
        name="advice.increment_cents",
        label=gettext_lazy("Rounded up to"),
        meaning=gettext_lazy("A recommended par changes in steps of this amount."),
        kind="money",
    ),
)

EVERY: Sequence[Chosen] = (*HOW_IT_WORKS, *TOLERANCES, *ADVICE)


def value_of(mapping: Mapping[str, Any], name: str) -> Any:
    """What stands for a setting in settings as they are kept."""
    if name.startswith(IN_ADVICE):
        return mapping["advice"][name.removeprefix(IN_ADVICE)]
    return mapping[name]


def as_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the command takes it: advice in a place of its own."""
    plain = {name: each for name, each in values.items() if not name.startswith(IN_ADVICE)}
    advice = {
        name.removeprefix(IN_ADVICE): each
        for name, each in values.items()
        if name.startswith(IN_ADVICE)
    }
    return {**plain, **({"advice": advice} if advice else {})}
