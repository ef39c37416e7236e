"""A table played in memory, in the words of the floor: open, count, fill, roll over, drop, close.

Each step is called by the person who would call it and signed by those who must. See `pit` for what
happens to it.
"""

from typing import Any
from uuid import UUID

from tablebank.domain import closing, counting, drops, opening, results, soft_count
from tablebank.domain.decisions import Decision
from tablebank.domain.facts import Box, Report
from tablebank.domain.resolving import resolve_finding
from tablebank.domain.signatures import Signer
from tablebank.domain.slips import credit, fill, kind
from tablebank.domain.terms import (
    Basis,
    CustodyStep,
    Purpose,
    RemovalType,
    SlipKind,
    SnapshotKind,
)
from tests.domain.cast import (
    ACE,
    CLEO,
    COLE,
    CORA,
    DANA,
    DEE,
    DREW,
    PAT,
    RUBY,
    SAM,
    SUE,
    SURVEILLANCE,
    Person,
    chips,
    found,
    in_manifest,
)
from tests.domain.pit import Pit

OPENING, INTERIM, CLOSING = SnapshotKind.OPENING, SnapshotKind.INTERIM, SnapshotKind.CLOSING


class Floor(Pit):
    """The table and everybody who acts at it."""

    # -- a session -----------------------------------------------------------------------------

    def prepare(self, shift: str = "DAY", day: str = "2026-03-02") -> UUID:
        named = self.shift(shift, day)
        return self.do(
            opening.prepare_session, "prepare", SAM, facts=self.facts, shift=named
        ).subject_id

    def open(self, session: UUID | None = None, *, by: Person = SAM) -> Decision:
        return self.do(
            opening.open_session,
            "open_session",
            by,
            house=self.house,
            facts=self.facts,
            session=self.session(session),
            policies=self.policies,
        )

    def count(
        self,
        what: SnapshotKind,
        tray: str | None,
        *others: Person | Signer,
        by: Person = SAM,
        session: UUID | None = None,
        **more: Any,
    ) -> Decision:
        """Sam counts with Dana, or with whom is named."""
        named = self.session(session)
        policy = next((each for each in self.policies if each.id == named.par_policy_id), None)
        counted = counting.Counted(kind=what, chipset=None if tray is None else chips(tray), **more)
        return self.do(
            counting.record_snapshot,
            "record_snapshot",
            by,
            *(others or (DANA,)),
            house=self.house,
            facts=self.facts,
            session=named,
            counted=counted,
            policy=policy,
        )

    def attest_opening(self, *others: Person) -> Decision:
        return self.count(OPENING, None, *(others or (DANA, PAT)), basis=Basis.PAR_ATTESTED)

    def opened(self, tray: str, shift: str = "DAY", day: str = "2026-03-02") -> UUID:
        """Prepared, opened and counted; a table's initial bank is signed by Pat too (PAR-11)."""
        session = self.prepare(shift, day)
        self.open(session)
        first = self.session(session).previous_session_id is None
        self.count(OPENING, tray, *((DANA, PAT) if first else (DANA,)))
        return session

    def begin(self, session: UUID | None = None) -> Decision:
        return self.do(
            closing.begin_closing,
            "begin_closing",
            SAM,
            house=self.house,
            facts=self.facts,
            session=self.session(session),
        )

    def attest(self) -> Decision:
        return self.do(
            closing.attest_par, "attest_par", SAM, DANA, house=self.house, session=self.session()
        )

    def close(self, *, by: Person = SAM, reason: str | None = None) -> Decision:
        return self.do(
            closing.close_session,
            "close_session",
            by,
            house=self.house,
            facts=self.facts,
            session=self.session(),
            reason=reason,
        )

    def closed(self, tray: str) -> None:
        """Begun, counted and closed."""
        self.begin()
        self.count(CLOSING, tray)
        self.close()

    def force(self, reason: str | None = "fire alarm") -> Decision:
        return self.do(
            closing.force_close,
            "force_close",
            PAT,
            house=self.house,
            facts=self.facts,
            session=self.session(),
            reason=reason,
        )

    def roll_over(self, tray: str, **more: Any) -> UUID:
        """The session after it."""
        return self.rolled(tray, **more).subject_id

    def rolled(
        self,
        tray: str,
        *,
        shift: str | None = None,
        reason: str | None = None,
        by: Person = SAM,
        **more: Any,
    ) -> Decision:
        """Sam hands over to Sue."""
        return self.do(
            closing.roll_over,
            "roll_over",
            by,
            SUE,
            house=self.house,
            facts=self.facts,
            session=self.session(),
            shift=self.shift(shift) if shift else None,
            chipset=chips(tray),
            reason=reason,
            policies=self.policies,
            **more,
        )

    def void(self, session: UUID | None = None, reason: str = "opened by mistake") -> Decision:
        def decide(act: object, **given: Any) -> Decision:
            return closing.void_session(**given)

        named = self.session(session)
        return self.do(decide, "void_session", PAT, facts=self.facts, session=named, reason=reason)

    # -- slips ---------------------------------------------------------------------------------

    def ask(
        self,
        what: SlipKind,
        text: str,
        *,
        purpose: Purpose = Purpose.NORMAL,
        by: Person = SAM,
        **more: Any,
    ) -> UUID:
        asked = kind.Asked(kind=what, chipset=chips(text), purpose=purpose, **more)
        return self.do(
            kind.request_slip,
            "request_slip",
            by,
            house=self.house,
            facts=self.facts,
            session=self.session(),
            asked=asked,
        ).subject_id

    def issue(self, slip: UUID, by: Person = CORA, runner: Person = RUBY) -> Decision:
        return self.do(
            fill.issue_fill, "issue_fill", by, runner, facts=self.facts, slip=self.slip(slip)
        )

    def pick_up(
        self, slip: UUID, runner: Person = RUBY, dealer: Person | Signer = DANA
    ) -> Decision:
        given = {"house": self.house, "facts": self.facts, "slip": self.slip(slip)}
        return self.do(credit.pick_up_credit, "pick_up_credit", SAM, dealer, runner, **given)

    def verify(
        self,
        slip: UUID,
        counted: str | None = None,
        *,
        runner: Person = RUBY,
        dealer: Person | Signer = DANA,
        deposit: bool = False,
        box: UUID | None = None,
    ) -> Decision:
        """At the table for a fill, at the cage for a credit; the slip's own chips unless said."""
        kept = self.slip(slip)
        given: dict[str, Any] = {
            "house": self.house,
            "facts": self.facts,
            "slip": kept,
            "counted": kept.chipset if counted is None else chips(counted),
        }
        if kept.kind == SlipKind.CREDIT:
            return self.do(credit.verify_credit, "verify_credit", CORA, runner, **given)
        return self.do(
            fill.verify_fill,
            "verify_fill",
            SAM,
            dealer,
            runner,
            deposit=deposit,
            box_id=box,
            **given,
        )

    def deposit(
        self, slip: UUID, box: UUID | None = None, *, runner: Person = RUBY, by: Person = DANA
    ) -> Decision:
        given = {"facts": self.facts, "slip": self.slip(slip), "box_id": box}
        return self.do(kind.deposit_slip, "deposit_slip", by, runner, **given)

    def cancel(self, slip: UUID) -> Decision:
        given = {"facts": self.facts, "slip": self.slip(slip), "reason": "not needed"}
        return self.do(kind.cancel_slip, "cancel_slip", SAM, **given)

    def void_slip(
        self, slip: UUID, counted_back: str, *others: Person | Signer, **more: Any
    ) -> Decision:
        """Counted back by Cora; Sue, who is not on the slip, signs too."""
        voiding = kind.Voiding(reason="torn", counted_back=chips(counted_back), **more)
        return self.do(
            kind.void_slip,
            "void_slip",
            CORA,
            *(others or (SUE,)),
            facts=self.facts,
            slip=self.slip(slip),
            voiding=voiding,
        )

    def filled(self, text: str, **more: Any) -> UUID:
        """A fill from request to box."""
        slip = self.ask(SlipKind.FILL, text, **more)
        self.issue(slip)
        self.verify(slip, deposit=self.mounted is not None)
        return slip

    def credited(self, text: str, **more: Any) -> UUID:
        """A credit from request to box."""
        slip = self.ask(SlipKind.CREDIT, text, **more)
        self.pick_up(slip)
        self.verify(slip)
        if self.mounted is not None:
            self.deposit(slip)
        return slip

    # -- boxes and their counts ----------------------------------------------------------------

    def mount(self, code: str) -> Decision:
        box = self.register(code)
        return self.do(
            drops.mount_box,
            "mount_box",
            DREW,
            DEE,
            facts=self.facts,
            box=box,
            is_free=self.is_free(box),
            seal=None,
        )

    def remove(
        self,
        what: RemovalType = RemovalType.SCHEDULED,
        *,
        replacement: str | None = None,
        on: UUID | None = None,
        box: Box | None = None,
        reason: str | None = "as asked",
        **more: Any,
    ) -> UUID:
        """The mounted box is taken off, on the live or the last closed session."""
        new = self.register(replacement) if replacement else None
        taking = drops.Taking(
            type=what,
            reason=reason,
            surveillance=SURVEILLANCE,
            box=box,
            replacement=new,
            replacement_is_free=new is not None and self.is_free(new),
            custody_steps=self.settings.custody_steps,
            **{"seal": None, "trip": None, **more},
        )
        return self.do(
            drops.remove_box,
            "remove_box",
            DREW,
            DEE,
            facts=self.facts,
            session=self.session(on) if on else self.last_served(),
            taking=taking,
        ).subject_id

    def hand_over(
        self, removal: UUID, step: CustodyStep = CustodyStep.ARRIVED, seal: str | None = None
    ) -> Decision:
        given = {"facts": self.facts, "removal": self.removal(removal), "step": step, "seal": seal}
        return self.do(drops.record_custody, "record_custody", DREW, DEE, **given)

    def post(self, removal: UUID, result: soft_count.Result) -> Decision:
        return self.do(
            soft_count.post_count,
            "post_count",
            COLE,
            CLEO,
            settings=self.settings,
            facts=self.facts,
            removal=self.removal(removal),
            result=result,
        )

    def count_box(self, removal: UUID, cents: int, **more: Any) -> Decision:
        """So much currency was in the box, with its slips, handed over first; below zero, in
        marker payments."""
        if sum(each.removal_id == removal for each in self.facts.custody) == 1:
            self.hand_over(removal)
        said = {"evidence": in_manifest(self.facts, self.removal(removal)), **more}
        return self.post(removal, found(cents, batch=f"batch-{removal}", **said))

    # -- the result ----------------------------------------------------------------------------

    def review(self, session: UUID | None = None) -> Decision:
        named = self.session(session)
        return self.do(results.review, "review", PAT, facts=self.facts, session=named)

    def reconcile(self, session: UUID | None = None) -> Decision:
        given = {"house": self.house, "facts": self.facts, "session": self.session(session)}
        return self.do(results.reconcile, "reconcile", ACE, **given)

    def finalize(self, session: UUID | None = None, *, pending: bool = False) -> Report:
        return self._reported(results.finalize, session, pending_count=pending)

    def amend(self, session: UUID | None = None, *, reason: str = "recounted") -> Report:
        return self._reported(results.amend, session, reason=reason)

    def _reported(self, decide: Any, session: UUID | None, **said: Any) -> Report:
        named = self.session(session)
        given = {"house": self.house, "facts": self.facts, "session": named, **said}
        (report,) = self.do(decide, decide.__name__, ACE, **given).new
        assert isinstance(report, Report)
        return report

    def resolve(self, name: str) -> Decision:
        return self.do(
            resolve_finding,
            "resolve_finding",
            PAT,
            finding=self.finding(name),
            reason_code="UNEXPLAINED_ACCEPTED",
            narrative="Looked into, nothing found.",
        )
