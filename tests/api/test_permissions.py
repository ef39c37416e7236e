"""Who may call what: role × command, from the endpoint catalogue (SIGN-3)."""

from collections.abc import Mapping

import pytest

from tablebank.domain.terms import Role
from tests.api.catalogue import READS, WRITES, address
from tests.api.stage import Stage
from tests.at_table import AtTable

ROLES = tuple(role.value for role in Role)
SUPERVISORS = "SUPERVISOR PIT_MANAGER"
CAGE = "CASHIER CAGE_MANAGER"
CREW = "DROP_CREW COUNT_TEAM"

MAY_CALL: Mapping[str, str] = {
    "change_casino": "ADMIN",
    "add_staff": "ADMIN",
    "change_staff": "ADMIN",
    "set_pin": " ".join(ROLES),
    "unlock_badge": "PIT_MANAGER ADMIN",
    "create_token": "ADMIN",
    "revoke_token": "ADMIN",
    "add_chip": "ADMIN",
    "register_table": "ADMIN",
    "change_table": "ADMIN",
    "register_box": "ADMIN",
    "change_shifts": "ADMIN",
    "change_drop_schedule": "ADMIN",
    "rename_pit": "ADMIN",
    "choose_profile": "ADMIN",
    "set_par": f"{SUPERVISORS} CAGE_MANAGER ADMIN",
    "import_par_sheet": "PIT_MANAGER CAGE_MANAGER ADMIN",
    "propose_pars": f"{SUPERVISORS} CAGE_MANAGER ADMIN",
    "approve_par": "PIT_MANAGER CAGE_MANAGER",
    "reject_par": "PIT_MANAGER CAGE_MANAGER",
    "comment_on_par": f"{SUPERVISORS} CAGE_MANAGER ADMIN",
    "prepare_session": SUPERVISORS,
    "prepare_shift": SUPERVISORS,
    "open_session": SUPERVISORS,
    "void_session": "PIT_MANAGER",
    "start_count": f"{SUPERVISORS} DEALER",
    "observe": f"{SUPERVISORS} SERVICE",
    "note_buy_in": f"{SUPERVISORS} SERVICE",
    "observe_sheet": f"{SUPERVISORS} SERVICE",
    "record_snapshot": f"{SUPERVISORS} DEALER",
    "count_idle": f"{SUPERVISORS} DEALER",
    "roll_over": SUPERVISORS,
    "begin_closing": SUPERVISORS,
    "attest_par": SUPERVISORS,
    "close_session": SUPERVISORS,
    "review": "PIT_MANAGER",
    "reconcile": "ACCOUNTING",
    "finalize": "ACCOUNTING",
    "amend": "ACCOUNTING",
    "close_gaming_day": "ACCOUNTING",
    "request_fill": SUPERVISORS,
    "request_credit": SUPERVISORS,
    "issue_fill": CAGE,
    "pick_up_credit": SUPERVISORS,
    "verify_slip": f"{SUPERVISORS} DEALER",
    "deposit_slip": f"{SUPERVISORS} DEALER",
    "relieve_runner": f"{SUPERVISORS} {CAGE} RUNNER",
    "cancel_slip": SUPERVISORS,
    "void_slip": f"{SUPERVISORS} {CAGE}",
    "mount_box": CREW,
    "start_drop_trip": CREW,
    "end_drop_trip": CREW,
    "schedule_drop": f"{SUPERVISORS} DROP_CREW",
    "remove_box": f"{CREW} RUNNER",
    "record_custody": CREW,
    "post_count": "COUNT_TEAM SERVICE",
    "start_count_session": "COUNT_TEAM SERVICE",
    "change_count_team": "COUNT_TEAM",
    "enter_count": "COUNT_TEAM SERVICE",
    "import_counts": "COUNT_TEAM SERVICE",
    "withdraw_count": "COUNT_TEAM SERVICE",
    "verify_count_session": f"{CAGE} ACCOUNTING",
    "post_count_session": "COUNT_TEAM SERVICE",
    "attach_count": "ACCOUNTING",
    "remark_on_session": f"{SUPERVISORS} {CAGE} COUNT_TEAM ACCOUNTING",
    "remark_on_slip": f"{SUPERVISORS} {CAGE} COUNT_TEAM ACCOUNTING",
    "remark_on_exception": f"{SUPERVISORS} CAGE_MANAGER ACCOUNTING",
    "hand_over_shift": SUPERVISORS,
    "resolve_finding": "PIT_MANAGER CAGE_MANAGER ACCOUNTING",
    "assign_finding": "PIT_MANAGER CAGE_MANAGER ACCOUNTING",
    "hang_finding": "PIT_MANAGER CAGE_MANAGER ACCOUNTING",
    "acknowledge_finding": "SURVEILLANCE",
}
"""The table of SIGN-3, written down a second time; a step that hangs on the body as its widest."""

MAY_READ: Mapping[str, str] = {
    "/setup": "PIT_MANAGER CAGE_MANAGER ADMIN",
    "/staff": "ADMIN",
    "/tokens": "ADMIN",
    "/exceptions": f"{SUPERVISORS} CAGE_MANAGER ACCOUNTING AUDITOR",
    "/gaming-days/{day}": "PIT_MANAGER CAGE_MANAGER ACCOUNTING AUDITOR",
    "/exceptions/{id}": f"{SUPERVISORS} CAGE_MANAGER ACCOUNTING AUDITOR",
    "/exceptions/{id}/remarks": f"{SUPERVISORS} CAGE_MANAGER ACCOUNTING AUDITOR",
    "/shifts/{id}/hand-over": f"{SUPERVISORS} CAGE_MANAGER ACCOUNTING AUDITOR",
    "/estimates": f"{SUPERVISORS} CAGE_MANAGER ACCOUNTING AUDITOR",
    "/controls": "ACCOUNTING AUDITOR ADMIN",
    "/journal": "ACCOUNTING AUDITOR ADMIN",
    "/journal/verify": "ACCOUNTING AUDITOR ADMIN",
}
"""What not everybody reads; everything else is for all who are signed in."""


def test_every_command_is_in_the_matrix() -> None:
    """SIGN-3: a new command must say here who may call it."""
    assert {each.command.name for each in WRITES.values()} == set(MAY_CALL)


@pytest.mark.parametrize("endpoint", WRITES)
def test_a_command_is_for_its_roles_only(stage: Stage, endpoint: str) -> None:
    """SIGN-3: 403 for every other role, before the body's shape is looked at; 422 for its own."""
    write = WRITES[endpoint]
    allowed = set(MAY_CALL[write.command.name].split())
    for role in ROLES:
        person = stage.casino.in_role(role)
        answer = person.command(write.method, address(stage, write.path), {"no such field": 1})
        if role in allowed:
            answer.must_refuse(422, "SHAPE")
        else:
            assert "needed" in answer.must_refuse(403, "ROLE_NOT_ALLOWED")["facts"], role


@pytest.mark.parametrize("endpoint", READS)
def test_reading_is_for_those_who_may(stage: Stage, endpoint: str) -> None:
    """Staff and tokens are ADMIN's; exceptions and the journal have readers of their own."""
    path = READS[endpoint].path
    allowed = set(MAY_READ.get(path, " ".join(ROLES)).split())
    for role in ROLES:
        answer = stage.casino.in_role(role).get(address(stage, path))
        if role in allowed:
            answer.must(200)
        else:
            answer.must_refuse(403, "ROLE_NOT_ALLOWED")


def test_an_acting_role_is_one_the_caller_acts_in(live: AtTable) -> None:
    """SIGN-1, SIGN-3: a manager acts as supervisor or as manager, nobody as what they are not."""
    casino = live.casino
    closing = f"{live.path}/closing"
    for role in ("SUPERVISOR", "PIT_MANAGER"):
        casino.pat.post(closing, {"acting_role": role}, dry_run=True).must(200)
    for role in ("DEALER", "CASHIER", "ADMIN"):
        answer = casino.pat.post(closing, {"acting_role": role}, dry_run=True)
        answer.must_refuse(403, "ROLE_NOT_ALLOWED", acting_role=role)
    casino.sam.post(closing, {"acting_role": "PIT_MANAGER"}).must_refuse(403, "ROLE_NOT_ALLOWED")


def test_only_a_pit_manager_closes_by_force(live: AtTable) -> None:
    """SIGN-3, CLOSE-2: force is a pit manager's, although a supervisor may close."""
    asked = {"force": True, "reason": "an alarm"}
    live.casino.sam.post(f"{live.path}/close", asked).must_refuse(403, "ROLE_NOT_ALLOWED")
    assert live.force_close()["status"] == "CLOSED"


def test_a_runner_removes_a_box_only_in_an_emergency(live: AtTable) -> None:
    """SIGN-3, DRP-14: an EMERGENCY removal may be a runner's, another may not."""
    asked = {
        "type": "SCHEDULED",
        "surveillance": {"notified_at": "2026-03-02T12:00:00Z", "operator": "Sol"},
        "reason": "smoke",
    }
    path, rory, dora = f"{live.path}/drop/remove", live.casino.rory, live.casino.dora
    rory.post(path, asked, signed=[dora]).must_refuse(403, "ROLE_NOT_ALLOWED")
    urgent = {**asked, "type": "EMERGENCY", "surveillance": {**asked["surveillance"]}}
    rory.post(path, urgent, at=live.when(None), signed=[dora]).must(201)


def test_a_credit_is_verified_by_the_cage_and_a_fill_at_the_table(live: AtTable) -> None:
    """SIGN-3: who verifies hangs on where the chips arrive; the cage not at the table and back."""
    casino = live.casino
    credit = live.pick_up(live.ask_credit("2 green"))
    asked = {"chipset": credit["chipset"]}
    answer = casino.sam.post(f"/slips/{credit['id']}/verify", asked, signed=[casino.rory])
    answer.must_refuse(403, "ROLE_NOT_ALLOWED", needed=["CASHIER"])
    fill = live.issue(live.ask_fill("2 green"))
    answer = casino.casey.post(f"/slips/{fill['id']}/verify", asked, signed=[casino.rory])
    answer.must_refuse(403, "ROLE_NOT_ALLOWED")
    assert live.verify_credit(credit)["status"] == "VERIFIED_AT_CAGE"


def test_the_cage_never_sees_a_manifest(stage: Stage) -> None:
    """SOFT-1, CNT-18: what was found in a box is not for the people whose slips it proves."""
    path = f"/drops/{stage.ids['drop']}"
    for role in ROLES:
        count = stage.casino.in_role(role).get(path).must(200)["count"]
        if role in ("CASHIER", "CAGE_MANAGER"):
            assert count["evidence"] is None, role
        else:
            assert {each["form"] for each in count["evidence"]} == {"FILL", "CREDIT"}, role
