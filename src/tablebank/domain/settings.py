"""A casino's settings: what a house may choose for itself, and within which bounds.

The defaults are the GENERIC profile. Settings are kept as dated rows and changed as a whole; a
value that is out of bounds or a name that does not exist is refused, never ignored.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from tablebank.domain.duties import DutyPair
from tablebank.domain.money import MAX_CENTS
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import CustodyStep


class RestorePoint(StrEnum):
    """When an imprest tray goes back to par (CLOSE-1)."""

    EACH_SHIFT = "EACH_SHIFT"
    GAMING_DAY_END = "GAMING_DAY_END"
    TABLE_CLOSE = "TABLE_CLOSE"


class CreditFlow(StrEnum):
    """Whether a credit's slip is made out before the chips leave, or counted first (SLIP-2)."""

    SLIP_FIRST = "SLIP_FIRST"
    REQUEST_FIRST = "REQUEST_FIRST"


class Evidence(StrEnum):
    """Whether forms are expected on paper in the box (SOFT-4)."""

    PAPER = "PAPER"
    ELECTRONIC = "ELECTRONIC"


class BoxForm(StrEnum):
    """The forms that go into a drop box (SNAP-8)."""

    FILL = "FILL"
    CREDIT = "CREDIT"
    REQUEST = "REQUEST"
    OPENER = "OPENER"
    CLOSER = "CLOSER"


class Paper(StrEnum):
    """On which sheets forms are printed."""

    LETTER = "LETTER"
    A4 = "A4"


class Locale(StrEnum):
    """In which country's way amounts and numbers are written: a language and a country."""

    EN_US = "en-US"
    EN_CA = "en-CA"
    EN_GB = "en-GB"
    EN_IE = "en-IE"
    EN_AU = "en-AU"
    EN_NZ = "en-NZ"
    EN_PH = "en-PH"
    EN_SG = "en-SG"
    ES_US = "es-US"
    ES_MX = "es-MX"
    ES_PR = "es-PR"
    ES_DO = "es-DO"
    ES_GT = "es-GT"
    ES_SV = "es-SV"
    ES_HN = "es-HN"
    ES_NI = "es-NI"
    ES_PA = "es-PA"
    ES_PE = "es-PE"
    ES_AR = "es-AR"
    ES_CL = "es-CL"
    ES_CO = "es-CO"
    ES_EC = "es-EC"
    ES_PY = "es-PY"
    ES_UY = "es-UY"
    ES_ES = "es-ES"


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What the par recommendation looks at, and how far it goes (SUGG-1, SUGG-2)."""

    lookback_days: int = 28
    min_sessions: int = 10
    target: int = 1
    safety_factor: Decimal = Decimal("0.75")
    increment_cents: int = 50_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a casino has chosen; without a choice, the GENERIC profile."""

    par_tolerance_cents: int = 0
    opening_tolerance_cents: int = 0
    count_tolerance_cents: int = 0
    transit_limit_minutes: int = 30
    blind_counts: bool = False
    drop_box_required: bool = True
    restore_point: RestorePoint = RestorePoint.TABLE_CLOSE
    custody_steps: tuple[CustodyStep, ...] = (CustodyStep.REMOVED, CustodyStep.ARRIVED)
    session_left_open_minutes: int = 60
    idle_recount_days: int = 7
    """After how many days a closed table with chips in it is to be counted again; 0: never."""
    duty_pairs: tuple[DutyPair, ...] = ()
    """Which departments one person may act in on one gaming day; each use is a finding (SIGN-5)."""
    credit_flow: CreditFlow = CreditFlow.SLIP_FIRST
    evidence: Evidence = Evidence.PAPER
    box_forms: tuple[BoxForm, ...] = (BoxForm.FILL, BoxForm.CREDIT)
    """Which forms a box is expected to hold when it is opened; with electronic evidence, none."""
    count_verifier: bool = False
    """Whether a count waits for somebody of cage or accounting who counts its total blind."""
    finalize_pending_count: bool = False
    hold_limit_points: int = 0
    """How many points a hold may be off what was held before; with 0 none is judged."""
    telemetry: bool = False
    stack_size: int = 20
    locale: Locale = Locale.EN_US
    paper: Paper = Paper.LETTER
    advice: Advice = Advice()


def settings_from(mapping: Mapping[str, Any]) -> Settings:
    """Settings as they were kept: what was chosen, over the defaults."""
    return merged(Settings(), mapping)


def as_mapping(settings: Settings) -> dict[str, Any]:
    """Settings as they are kept and shown: JSON values only."""
    written = asdict(settings)
    written["duty_pairs"] = [pair.value for pair in settings.duty_pairs]
    written["custody_steps"] = [step.value for step in settings.custody_steps]
    written["box_forms"] = [form.value for form in settings.box_forms]
    for name in ("restore_point", "credit_flow", "evidence", "locale", "paper"):
        written[name] = written[name].value
    written["advice"]["safety_factor"] = float(settings.advice.safety_factor)
    return written


def merged(current: Settings, patch: object) -> Settings:
    """`current` with the named settings changed; `advice` may be given in part.

    Refuses SETTING_INVALID with everything that is wrong at once: a name that does not exist, a
    value of the wrong kind or out of bounds, a choice that is not built yet.
    """
    changes, errors = _read(patch, fields=_SETTINGS, pointer="/settings")
    if "advice" in changes:
        advice, problems = _read(changes["advice"], fields=_ADVICE, pointer="/settings/advice")
        errors += problems
        if not problems:
            changes["advice"] = replace(current.advice, **advice)
    if errors:
        raise Refused(Refusal.SETTING_INVALID, errors=errors)
    return replace(current, **changes)


class _Invalid(Exception):
    """A value that a setting cannot have; its words say what it can."""


_Reader = Callable[[object], Any]


def _read(
    raw: object, *, fields: Mapping[str, _Reader], pointer: str
) -> tuple[dict[str, Any], list[FieldError]]:
    """The values given, read one by one, and what is wrong with the others."""
    code = Refusal.SETTING_INVALID.name
    if not isinstance(raw, Mapping):
        return {}, [FieldError(pointer, code, "Settings are given by name.")]
    values: dict[str, Any] = {}
    errors = []
    for name, value in raw.items():
        place = f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"
        reader = fields.get(name) if isinstance(name, str) else None
        if reader is None:
            errors.append(FieldError(place, code, "There is no such setting."))
            continue
        try:
            values[name] = reader(value)
        except _Invalid as invalid:
            errors.append(FieldError(place, code, str(invalid)))
    return values, errors


def _whole(least: int, most: int) -> _Reader:
    def read(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            raise _Invalid(f"A whole number from {least:,} to {most:,}.")
        return value

    return read


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Invalid("True or false.")
    return value


_Choice = TypeVar("_Choice", bound=StrEnum)


def _one_of(choices: type[_Choice], *, later: Iterable[_Choice] = ()) -> _Reader:
    def read(value: object) -> _Choice:
        if not isinstance(value, str) or value not in {choice.value for choice in choices}:
            raise _Invalid(f"One of {', '.join(choices)}.")
        choice = choices(value)
        if choice in later:
            raise _Invalid(f"{choice} comes with a later release.")
        return choice

    return read


def _duty_pairs(value: object) -> tuple[DutyPair, ...]:
    """Pairs of departments, each once, in one order (SIGN-5)."""
    allowed = f"Any of {', '.join(DutyPair)}."
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise _Invalid(allowed)
    if not all(isinstance(pair, str) and pair in set(DutyPair) for pair in value):
        raise _Invalid(allowed)
    return tuple(pair for pair in DutyPair if pair in value)


def _custody(value: object) -> tuple[CustodyStep, ...]:
    """The links asked for: each once, in the order of the chain, which a removal begins (BOX-4)."""
    chain = list(CustodyStep)
    allowed = f"Any of {', '.join(chain)}, in this order, REMOVED first."
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise _Invalid(allowed)
    if not all(isinstance(step, str) and step in set(chain) for step in value):
        raise _Invalid(allowed)
    steps = tuple(CustodyStep(step) for step in value)
    if not steps or steps[0] is not CustodyStep.REMOVED:
        raise _Invalid(allowed)
    if steps != tuple(step for step in chain if step in steps):
        raise _Invalid(allowed)
    return steps


def _forms(value: object) -> tuple[BoxForm, ...]:
    """Forms that are expected in a box: each once, in the order they are listed here."""
    allowed = f"Any of {', '.join(BoxForm)}, each once."
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise _Invalid(allowed)
    if not all(isinstance(form, str) and form in set(BoxForm) for form in value):
        raise _Invalid(allowed)
    if len(set(value)) < len(value):
        raise _Invalid(allowed)
    return tuple(form for form in BoxForm if form.value in value)


def _safety_factor(value: object) -> Decimal:
    """Between a half and the whole, in hundredths (SUGG-2)."""
    words = "A number from 0.5 to 1, in hundredths."
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _Invalid(words)
    factor = Decimal(str(value))
    if not factor.is_finite() or not Decimal("0.5") <= factor <= 1:
        raise _Invalid(words)
    if factor != factor.quantize(Decimal("0.01")):
        raise _Invalid(words)
    return factor


_cents = _whole(0, MAX_CENTS)

_SETTINGS: Mapping[str, _Reader] = {
    "par_tolerance_cents": _cents,
    "opening_tolerance_cents": _cents,
    "count_tolerance_cents": _cents,
    "transit_limit_minutes": _whole(1, 24 * 60),
    "blind_counts": _flag,
    "drop_box_required": _flag,
    "restore_point": _one_of(RestorePoint),
    "custody_steps": _custody,
    "duty_pairs": _duty_pairs,
    "session_left_open_minutes": _whole(0, 24 * 60),
    "idle_recount_days": _whole(0, 366),
    "credit_flow": _one_of(CreditFlow),
    "evidence": _one_of(Evidence),
    "box_forms": _forms,
    "count_verifier": _flag,
    "finalize_pending_count": _flag,
    "hold_limit_points": _whole(0, 100),
    "telemetry": _flag,
    "stack_size": _whole(1, 1_000),
    "locale": _one_of(Locale),
    "paper": _one_of(Paper),
    "advice": lambda value: value,
}

_ADVICE: Mapping[str, _Reader] = {
    "lookback_days": _whole(1, 366),
    "min_sessions": _whole(1, 10_000),
    "target": _whole(0, 100),
    "safety_factor": _safety_factor,
    "increment_cents": _whole(1, MAX_CENTS),
}
