"""One request of each shape, as a client would send it; they go into the OpenAPI document."""

from collections.abc import Mapping
from typing import Any

from tablebank.api import (
    amend_shapes,
    count_shapes,
    exception_shapes,
    par_shapes,
    profile_shapes,
    shapes,
    shift_shapes,
    slip_shapes,
    tray_shapes,
    trip_shapes,
)
from tablebank.api.body import CommandBody

TABLE = "01930000-0000-7000-8000-000000000001"
SESSION = "01930000-0000-7000-8000-000000000002"
OTHER_SESSION = "01930000-0000-7000-8000-000000000003"
DEALER = {"role": "DEALER", "badge": "1007", "pin": "246801"}
SUPERVISOR = {"role": "SUPERVISOR", "badge": "2001", "pin": "351201"}
RUNNER = {"role": "RUNNER", "badge": "5001", "pin": "684501"}
SECOND_CREW = {"role": "DROP_CREW", "badge": "6002", "pin": "795602"}
PAPER = {
    "form": "Fill slip, by hand",
    "number": "A-00417",
    "signed_by": ["D. Diaz", "S. Sato", "C. Cole", "R. Reid"],
    "reason": "the network was down from 22:30 to 23:10",
}
TRAY = {"10000": 20, "2500": 80, "500": 100}

COUNTED = {
    "contents": [
        {
            "instrument": "CURRENCY",
            "denomination_cents": 10000,
            "quantity": 12,
            "amount_cents": 120000,
        }
    ],
    "total_cents": 120000,
    "first_count_cents": 120000,
    "second_count_cents": 120000,
    "evidence": [
        {
            "form": "FILL",
            "number": "F-2026-000123",
            "table": "BJ-07",
            "amount_cents": 250000,
        }
    ],
}

EXAMPLES: Mapping[type[CommandBody], Mapping[str, Any]] = {
    shapes.PlainIn: {},
    slip_shapes.StepIn: {"signatures": [RUNNER]},
    slip_shapes.CancelIn: {"reason": "asked for at the wrong table"},
    shapes.WithReasonIn: {"reason": "asked for the wrong table"},
    shapes.CasinoIn: {"settings": {"transit_limit_minutes": 20}, "reason": "new runners"},
    shapes.StaffIn: {"badge": "1007", "name": "Dana Diaz", "roles": ["DEALER"], "pin": "246801"},
    shapes.StaffChangeIn: {"roles": ["DEALER", "SUPERVISOR"]},
    shapes.PinIn: {"pin": "135790", "current_pin": "246801"},
    shapes.TokenIn: {"badge": "9101", "expires_at": "2027-01-01T00:00:00Z"},
    shapes.TableIn: {
        "code": "BJ-07",
        "pit": "1",
        "game_type": "BLACKJACK",
        "limits": {"min_cents": 2500, "max_cents": 500000},
    },
    shapes.TableChangeIn: {"status": "inactive"},
    shapes.ChipIn: {
        "code": "250",
        "cents": 250,
        "colour": "pink",
        "set": "VALUE",
        "in_bank": True,
        "effective_from_gaming_day": "2026-03-01",
    },
    shapes.ShiftScheduleIn: {
        "effective_from_gaming_day": "2026-04-01",
        "shifts": [{"code": "DAY", "start": "06:00"}, {"code": "NIGHT", "start": "18:00"}],
    },
    shapes.DropScheduleIn: {
        "effective_from_gaming_day": "2026-04-01",
        "pit": "1",
        "at": ["05:30"],
        "window_minutes": 60,
        "grace_minutes": 30,
        "reason": "the count room starts earlier",
    },
    profile_shapes.ProfileIn: {
        "profile": "KS_OH_STYLE",
        "effective_from_gaming_day": "2026-04-01",
        "reason": "the licence of 2026",
    },
    shapes.PitIn: {"pit": "1", "name": "Main pit"},
    par_shapes.ParIn: {
        "table_id": TABLE,
        "par_total_cents": 2500000,
        "effective_from_gaming_day": "2026-04-01",
        "notes": "weekends are busier",
    },
    par_shapes.ParSheetIn: {
        "rows": [{"table_code": "BJ-07", "pit": "1", "need_cents": 2500000}],
        "provision_tables": True,
    },
    par_shapes.ProposeIn: {"kind": "recommend", "table_id": TABLE},
    par_shapes.ApproveParIn: {"effective_from_gaming_day": "2026-04-01"},
    par_shapes.RejectParIn: {"reason": "one bad week"},
    par_shapes.CommentIn: {"text": "The tour groups leave at the end of the month."},
    shapes.PrepareIn: {"table_id": TABLE, "open": True},
    shapes.PrepareShiftIn: {},
    tray_shapes.IdleCountIn: {"chipset": TRAY, "signatures": [DEALER]},
    shapes.SnapshotIn: {"kind": "OPENING", "chipset": TRAY, "signatures": [DEALER]},
    tray_shapes.StartCountIn: {"kind": "CLOSING"},
    shapes.ObserveIn: {"total_cents": 2_261_000, "estimated_drop_cents": 400_000},
    shapes.ObserveSheetIn: {
        "items": [
            {"session_id": SESSION, "total_cents": 2_261_000},
            {"session_id": OTHER_SESSION, "chipset": TRAY, "estimated_drop_cents": 150_000},
        ]
    },
    shapes.BuyInIn: {"kind": "CASH", "amount_cents": 50_000},
    shapes.RollOverIn: {"chipset": TRAY, "signatures": [SUPERVISOR]},
    shapes.ClosingIn: {"reason": "end of the night"},
    shapes.CloseIn: {"force": True, "reason": "the pit was evacuated"},
    shapes.RemarkIn: {"text": "three hands at $5,000 by one player", "reference": "report 118"},
    amend_shapes.AmendIn: {
        "reason": "a fill slip written by hand was found in the pit stand",
        "add": {
            "slips": [
                {
                    "kind": "FILL",
                    "chipset": {"2500": 100},
                    "occurred_at": "2026-03-02T22:40:00Z",
                    "paper": PAPER,
                }
            ]
        },
        "signatures": [SUPERVISOR],
    },
    shift_shapes.HandOverIn: {
        "caller_is": "OUTGOING",
        "remark": "BJ-07 waits for its runner.",
        "signatures": [SUPERVISOR],
    },
    shapes.FinalizeIn: {"pending_count": False},
    shapes.CloseDayIn: {"pending_count": False},
    slip_shapes.FillIn: {"chipset": {"500": 400, "2500": 100}, "total_cents": 450000},
    slip_shapes.CreditIn: {"chipset": {"10000": 50}},
    slip_shapes.VerifyIn: {
        "chipset": {"500": 400, "2500": 100},
        "deposit": True,
        "signatures": [DEALER, RUNNER],
    },
    slip_shapes.DepositIn: {"signatures": [DEALER, RUNNER]},
    slip_shapes.VoidSlipIn: {
        "reason": "wrong denominations",
        "counted_back": {"500": 400, "2500": 100},
        "signatures": [SUPERVISOR],
    },
    shapes.BoxIn: {"code": "BJ-07-B", "table_id": TABLE, "kind": "TABLE"},
    shapes.MountIn: {"box": "BJ-07-B", "signatures": [SECOND_CREW]},
    shapes.DropWindowIn: {
        "window_start": "2026-03-02T10:30:00Z",
        "window_end": "2026-03-02T11:30:00Z",
    },
    shapes.RemoveIn: {
        "type": "SCHEDULED",
        "surveillance": {"notified_at": "2026-03-02T10:55:00Z", "operator": "8101"},
        "replacement_box": "BJ-07-B",
        "signatures": [SECOND_CREW],
    },
    trip_shapes.StartTripIn: {
        "pits": ["1"],
        "surveillance": {"notified_at": "2026-03-02T10:55:00Z", "operator": "8101"},
        "signatures": [SECOND_CREW],
    },
    trip_shapes.EndTripIn: {"signatures": [SECOND_CREW]},
    shapes.CustodyIn: {"step": "ARRIVED", "signatures": [SECOND_CREW]},
    shapes.CountIn: {
        "batch_id": "2026-03-02-1",
        **COUNTED,
        "team": ["7001", "7002"],
        "signatures": [{"role": "COUNT_TEAM", "badge": "7002", "pin": "806702"}],
    },
    exception_shapes.AssignIn: {"badge": "3001"},
    exception_shapes.CauseIn: {"cause_id": "01a1f000-0000-7000-8000-000000000001"},
    count_shapes.StartCountSessionIn: {
        "gaming_day": "2026-03-02",
        "team": ["7001", "7002"],
        "batch_id": "2026-03-02-1",
        "surveillance": {"notified_at": "2026-03-03T10:55:00Z", "operator": "8101"},
    },
    count_shapes.CountTeamIn: {"badge": "7003"},
    count_shapes.EnterBoxIn: COUNTED,
    count_shapes.LooseBoxIn: {"box": "BJ-07-B", **COUNTED},
    count_shapes.ImportCountsIn: {
        "count_session_id": SESSION,
        "sha256": "9f2c1f5e",
        "layout": "LINE_PER_DENOMINATION",
        "boxes": [{"box": "BJ-07-B", "contents": COUNTED["contents"]}],
    },
    count_shapes.VerifierIn: {"total_cents": 2384500},
    count_shapes.AttachIn: {
        "drop_id": TABLE,
        "box": "BJ-07-B",
        "reason": "the crew forgot to record it",
    },
    exception_shapes.ResolveIn: {
        "reason_code": "MISCOUNT",
        "narrative": "The second count was made with a stack of reds under the greens.",
    },
}
