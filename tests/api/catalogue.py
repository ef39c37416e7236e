"""The addresses of the API as the tests walk them: each with an id to fill in and a body to send.

Made from the product's own list of endpoints, so a new one is walked, or missed loudly.
"""

from collections.abc import Mapping
from typing import Any

from tablebank.api.endpoint import Read, Write
from tablebank.api.urls import ENDPOINTS
from tests.api.stage import Stage

WRITES: Mapping[str, Write] = {
    f"{each.method} {each.path}": each for each in ENDPOINTS if isinstance(each, Write)
}
READS: Mapping[str, Read] = {
    f"GET {each.path}": each for each in ENDPOINTS if isinstance(each, Read)
}
NOBODY = "01900000-0000-7000-8000-000000000000"
"""An id that no thing has."""
KIND_OF_ID: Mapping[str, str] = {
    "sessions": "session",
    "slips": "slip",
    "drops": "drop",
    "drop-trips": "drop-trip",
    "exceptions": "exception",
    "tables": "table",
    "shifts": "shift",
    "staff": "staff",
    "tokens": "token",
    "drop-groups": "drop-group",
    "par-proposals": "par-proposal",
    "count-sessions": "count-session",
}
DAY = "2026-03-02"
"""The gaming day of the stage (`tests.say.DAY`), which ended long ago on no clock of the tests."""


def has_id(path: str) -> bool:
    return "{id}" in path


def id_for(stage: Stage, path: str) -> str:
    """The id of such a thing as the path names, in this casino."""
    return stage.ids[KIND_OF_ID[path.split("/")[1]]]


def address(stage: Stage, path: str) -> str:
    """The path with the id of something of this casino in it, or the day it plays on."""
    with_day = path.replace("{day}", DAY).replace("{drop_id}", stage.ids["drop"])
    return with_day.replace("{id}", id_for(stage, path)) if has_id(path) else with_day


SURVEILLANCE = {"notified_at": "2026-03-02T12:00:00Z", "operator": "Sol"}
COUNT = {
    "batch_id": "B-1",
    "contents": [{"instrument": "CURRENCY", "amount_cents": 100}],
    "total_cents": 100,
    "first_count_cents": 100,
    "second_count_cents": 100,
    "evidence": [{"form": "FILL", "number": "F-1", "table": "BJ-1", "amount_cents": 5}],
    "team": ["7001", "7002"],
}
BOX = {name: said for name, said in COUNT.items() if name not in ("batch_id", "team")}
WINDOW = {"window_start": "2026-03-02T12:00:00Z", "window_end": "2026-03-02T13:00:00Z"}
REASON = {"reason": "because"}
BODIES: Mapping[str, Mapping[str, Any]] = {
    "PATCH /casino": {"name": "The Corner"},
    "POST /staff": {"badge": "1", "name": "New", "roles": ["DEALER"]},
    "PATCH /staff/{id}": {"name": "Other"},
    "POST /staff/{id}/pin": {"pin": "135790"},
    "POST /tokens": {"badge": "2001"},
    "POST /chips": {"code": "P", "cents": 5, "colour": "pink", "set": "PROMO", "in_bank": False},
    "POST /tables": {"code": "T", "pit": "1", "game_type": "CRAPS"},
    "PATCH /tables/{id}": {"name": "Other"},
    "POST /par-policies": {"par_total_cents": 5, "effective_from_gaming_day": "2027-01-01"},
    "POST /par-sheets": {"rows": [{"table_code": "BJ-1", "need_cents": 5}]},
    "POST /par-proposals": {"kind": "recommend"},
    "POST /par-proposals/{id}/approve": {"effective_from_gaming_day": "2027-01-01"},
    "POST /par-proposals/{id}/reject": REASON,
    "POST /par-proposals/{id}/comments": {"text": "one bad week"},
    "POST /shift-schedules": {
        "effective_from_gaming_day": "2027-01-01",
        "shifts": [{"code": "ALL", "start": "06:00"}],
    },
    "POST /drop-schedules": {
        "effective_from_gaming_day": "2027-01-01",
        "at": ["05:30"],
        "window_minutes": 60,
    },
    "POST /profile": {"profile": "NJ_STYLE"},
    "POST /pits/rename": {"pit": "1", "name": "Main"},
    "POST /sessions": {"table_id": NOBODY},
    "POST /sessions/{id}/void": REASON,
    "POST /sessions/{id}/snapshots": {"kind": "INTERIM", "chipset": {"500": 1}},
    "POST /sessions/{id}/counts": {"kind": "INTERIM"},
    "POST /sessions/{id}/observations": {"total_cents": 500},
    "POST /sessions/{id}/buy-ins": {"amount_cents": 50_000, "kind": "CASH"},
    "POST /observations": {"items": [{"session_id": NOBODY, "total_cents": 500}]},
    "POST /tables/{id}/idle-count": {"chipset": {"500": 1}},
    "POST /sessions/{id}/roll-over": {"chipset": {"500": 1}},
    "POST /sessions/{id}/fills": {"chipset": {"500": 1}},
    "POST /sessions/{id}/credits": {"chipset": {"500": 1}},
    "POST /sessions/{id}/amend": REASON,
    "POST /slips/{id}/verify": {"chipset": {"500": 1}},
    "POST /slips/{id}/cancel": REASON,
    "POST /slips/{id}/void": {"reason": "because", "counted_back": {}},
    "POST /boxes": {"code": "X"},
    "POST /tables/{id}/mount-box": {"box": "X"},
    "POST /sessions/{id}/drop/schedule": WINDOW,
    "POST /sessions/{id}/drop/remove": {"type": "SCHEDULED", "surveillance": SURVEILLANCE},
    "POST /drop-trips": {"surveillance": SURVEILLANCE},
    "POST /drops/{id}/custody": {"step": "STORED"},
    "POST /drops/{id}/count": COUNT,
    "POST /count-sessions": {"gaming_day": "2026-03-02", "team": ["7001", "7002"]},
    "POST /count-sessions/{id}/team": {"badge": "7003"},
    "PUT /count-sessions/{id}/boxes/{drop_id}": BOX,
    "POST /count-sessions/{id}/boxes": {"box": "X", **BOX},
    "POST /count-sessions/{id}/verifier": {"total_cents": 100},
    "POST /counts/import": {
        "count_session_id": NOBODY,
        "sha256": "a",
        "layout": "LINE_PER_DENOMINATION",
        "boxes": [{"box": "X", "contents": COUNT["contents"]}],
    },
    "POST /count-sessions/{id}/attach": {"drop_id": NOBODY, "box": "X", **REASON},
    "POST /sessions/{id}/remarks": {"text": "a long night"},
    "POST /slips/{id}/remarks": {"text": "the seal was torn"},
    "POST /exceptions/{id}/remarks": {"text": "seen on camera", "reference": "report 118"},
    "POST /exceptions/{id}/assign": {"badge": None},
    "POST /exceptions/{id}/cause": {"cause_id": None},
    "POST /exceptions/{id}/resolve": {"reason_code": "OTHER", "narrative": "it was so"},
}
"""A body of the right shape for every command that needs one."""


def body_for(endpoint: str) -> dict[str, Any]:
    return dict(BODIES.get(endpoint, {}))
