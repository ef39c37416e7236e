"""The cast: who works in the test casinos, and how each of them speaks to the system.

Dana and Drew deal, Sam and Sue supervise, Pat manages the pit; Casey and Cody are cashiers, Cam
manages the cage; Rory and Rae run; Dora and Dex are the drop crew; Tina, Tom and Tess count; Ana is
revenue audit, Sol surveillance, Art the auditor, Ada the administrator. `found()` makes a casino
through the product's own doors: Ada and her token by the command line's door, everything after that
by HTTP. People are hired when they are first asked for. The casino next door (`found()` once more)
has people of the same names, who must see nothing.
"""

import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.utils import timezone

from tablebank.commands import people
from tablebank.commands.founding import Founding, found_casino
from tablebank.commands.perform import Answer as Done
from tablebank.commands.perform import Asked, perform
from tablebank.domain.credentials import SystemCredential
from tablebank.domain.establishment import Casino as Founded
from tablebank.domain.terms import BankMode, Role
from tests import say
from tests.line import API, Answer, InProcess, Line

NO_KEY = ""
"""Given as `key`: the command goes out without an Idempotency-Key."""

WHO: Mapping[str, tuple[str, str, str, tuple[str, ...]]] = {
    "dana": ("1007", "Dana Diaz", "240607", ("DEALER",)),
    "drew": ("1008", "Drew Doyle", "240608", ("DEALER",)),
    "sam": ("2001", "Sam Sato", "351201", ("SUPERVISOR",)),
    "sue": ("2002", "Sue Stein", "351202", ("SUPERVISOR",)),
    "pat": ("3001", "Pat Price", "462301", ("PIT_MANAGER",)),
    "casey": ("4001", "Casey Cole", "573401", ("CASHIER",)),
    "cody": ("4002", "Cody Chen", "573402", ("CASHIER",)),
    "cam": ("4101", "Cam Costa", "573501", ("CAGE_MANAGER",)),
    "rory": ("5001", "Rory Reid", "684501", ("RUNNER",)),
    "rae": ("5002", "Rae Ruiz", "684502", ("RUNNER",)),
    "dora": ("6001", "Dora Dunn", "795601", ("DROP_CREW",)),
    "dex": ("6002", "Dex Dale", "795602", ("DROP_CREW",)),
    "tina": ("7001", "Tina Tran", "806701", ("COUNT_TEAM",)),
    "tom": ("7002", "Tom Todd", "806702", ("COUNT_TEAM",)),
    "tess": ("7003", "Tess Tyne", "806703", ("COUNT_TEAM",)),
    "ana": ("8001", "Ana Adler", "917801", ("ACCOUNTING",)),
    "sol": ("8101", "Sol Sims", "917901", ("SURVEILLANCE",)),
    "art": ("8201", "Art Amos", "918001", ("AUDITOR",)),
    "ada": ("9001", "Ada Ames", "128901", ("ADMIN",)),
    "iris": ("9101", "Iris, an integration", "129001", ("SERVICE",)),
}
"""Badge, name, PIN and roles of everybody, by the name the tests call them."""

OF_ROLE: Mapping[str, str] = {
    roles[0]: name for name, (_, _, _, roles) in reversed(list(WHO.items()))
}
"""The first of the cast in each role."""

_founded = itertools.count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who works here: badge, PIN, and a token to speak with."""

    casino: "Casino"
    id: str
    name: str
    badge: str
    pin: str
    roles: tuple[str, ...]
    token: str

    def signs(self, role: str | None = None) -> dict[str, str]:
        """Their signature on somebody else's device, in their own role unless said otherwise."""
        return {"role": role or self.roles[0], "badge": self.badge, "pin": self.pin}

    def get(self, path: str, **query: Any) -> Answer:
        asked = {name: value for name, value in query.items() if value is not None}
        text = f"?{urlencode(asked)}" if asked else ""
        return self.send("GET", f"{path}{text}")

    def post(self, path: str, body: Any = None, **how: Any) -> Answer:
        return self.command("POST", path, body, **how)

    def patch(self, path: str, body: Any = None, **how: Any) -> Answer:
        return self.command("PATCH", path, body, **how)

    def delete(self, path: str, body: Any = None, **how: Any) -> Answer:
        return self.command("DELETE", path, body, **how)

    def command(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        at: str | datetime | None = None,
        signed: Iterable["dict[str, str] | Person"] = (),
        key: str | None = None,
        dry_run: bool = False,
    ) -> Answer:
        """Send a command. `at` is a wall time such as `14:05`, or an instant; `signed` are further
        signers. Without `key` it carries a fresh one; with NO_KEY none."""
        said = dict(body or {}) if body is None or isinstance(body, Mapping) else body
        if at is not None:
            said["occurred_at"] = at if isinstance(at, str) and "T" in at else _instant(at)
        further = [each.signs() if isinstance(each, Person) else each for each in signed]
        if further:
            said["signatures"] = further
        headers = {} if key == NO_KEY else {"Idempotency-Key": key or str(uuid4())}
        asked = f"{path}?dry_run=true" if dry_run else path
        return self.send(method, asked, body=json.dumps(said).encode(), headers=headers)

    def send(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request exactly as given, with their token and nothing else added."""
        who = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return self.casino.line.send(method, f"{API}{path}", headers=who, body=body)

    def all_of(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Every item of a list, page by page."""
        items: list[dict[str, Any]] = []
        cursor = None
        while True:
            page = self.get(path, **query, cursor=cursor).must(200)
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return items


def _instant(at: str | datetime) -> str:
    return say.spoken(at) if isinstance(at, datetime) else say.at(at)


@dataclass(kw_only=True, slots=True)
class Casino:
    """One casino and whoever of the cast was hired so far. `casino.sam` hires Sam, once."""

    founded: Founded
    line: Line
    now: datetime = field(default_factory=lambda: say.moment("06:00"))
    password: str | None = None
    """Everybody's at the pages, where people sign in there."""
    _hired: dict[str, Person] = field(default_factory=dict)
    _codes: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def id(self) -> str:
        return str(self.founded.id)

    def __getattr__(self, name: str) -> Person:
        if name not in WHO:
            raise AttributeError(name)
        return self.person(name)

    def person(self, name: str) -> Person:
        """Somebody of the cast, hired on first mention."""
        if name not in self._hired:
            self._hired[name] = self._ada() if name == "ada" else self._hire(name)
        return self._hired[name]

    def in_role(self, role: str) -> Person:
        return self.person(OF_ROLE[role])

    def on_line(self, line: Line) -> "Casino":
        """The same casino and people, spoken to over another line."""
        other = Casino(
            founded=self.founded,
            line=line,
            now=self.now,
            password=self.password,
            _codes=self._codes,
        )
        for name, person in self._hired.items():
            said = {each: getattr(person, each) for each in Person.__slots__}
            other._hired[name] = Person(**{**said, "casino": other})
        return other

    def hire(self, *, badge: str, name: str, roles: Iterable[str], pin: str | None) -> Person:
        """Somebody new: entered by Ada, given a token, and choosing a PIN of their own (SIGN-5)."""
        asked = {"badge": badge, "name": name, "roles": list(roles), "password": self.password}
        staff = self.ada.post("/staff", asked).must(201)
        token = self.ada.post("/tokens", {"badge": badge}).must(201)["token"]
        person = Person(
            casino=self,
            id=staff["id"],
            name=name,
            badge=badge,
            pin=pin or "",
            roles=tuple(staff["roles"]),
            token=token,
        )
        if pin:
            person.post(f"/staff/{person.id}/pin", {"pin": pin}).must(200)
        return person

    def code(self, prefix: str) -> str:
        """A code nobody has used in this casino yet."""
        return f"{prefix}-{next(self._codes):03d}"

    def tick(self, seconds: float = 10) -> datetime:
        """Let the floor's clock run on; a fact without a time of its own happens then."""
        self.now += timedelta(seconds=seconds)
        return self.now

    def _hire(self, name: str) -> Person:
        badge, full_name, pin, roles = WHO[name]
        return self.hire(badge=badge, name=full_name, roles=roles, pin=pin)

    def _ada(self) -> Person:
        """The first administrator comes through the command line's door."""
        badge, name, pin, _ = WHO["ada"]
        body = people.AddStaff(
            badge=badge,
            name=name,
            roles=(Role.ADMIN,),
            pin=pin,
            password=self.password,
            pin_chosen=True,
        )
        raw = {"badge": badge, "name": name, "roles": ["ADMIN"]}
        staff_id, _ = _by_command_line(self.founded, people.ADD_STAFF, body, raw)
        create = people.CreateToken(badge=badge)
        _, token = _by_command_line(self.founded, people.CREATE_TOKEN, create, {"badge": badge})
        return Person(
            casino=self,
            id=staff_id,
            name=name,
            badge=badge,
            pin=pin,
            roles=("ADMIN",),
            token=token,
        )


def admin_of(founded: Founded, *, badge: str) -> str:
    """The token of an administrator who was entered by the command line's door."""
    body = people.AddStaff(
        badge=badge, name="Ada Ames", roles=(Role.ADMIN,), pin=WHO["ada"][2], pin_chosen=True
    )
    _by_command_line(founded, people.ADD_STAFF, body, {"badge": badge, "roles": ["ADMIN"]})
    create = people.CreateToken(badge=badge)
    return _by_command_line(founded, people.CREATE_TOKEN, create, {"badge": badge})[1]


def _by_command_line(founded: Founded, command: Any, body: Any, raw: Any) -> tuple[str, str]:
    """The subject's id and, where it is a token, its text."""
    seen: list[Any] = []

    def answer(cursor: object, done: Any) -> Done:
        seen.append(done.decision)
        return Done(status=201, text="")

    perform(
        SystemCredential(casino_id=founded.id),
        command,
        Asked(body=body, raw=raw),
        clock=timezone.now,
        answer=answer,
    )
    decision = seen[0]
    text = people.token_text(founded.id, decision) if "secret" in decision.outcome else ""
    return str(decision.subject_id), text


def found(
    *,
    mode: str = "INVENTORY_COUNT",
    simulated: bool = True,
    timezone_name: str = say.ZONE,
    starts: time = say.DAY_STARTS,
    currency: str = "USD",
    settings: Mapping[str, Any] | None = None,
    line: Line | None = None,
    password: str | None = None,
) -> Casino:
    """A casino of one's own, with nobody but Ada in it."""
    slug = f"c{next(_founded)}-{uuid4().hex[:12]}"
    founding = Founding(
        slug=slug,
        name=f"Casino {slug}",
        timezone=timezone_name,
        gaming_day_start=starts,
        currency=currency,
        mode=BankMode(mode),
        simulated=simulated,
    )
    founded = found_casino(founding, clock=timezone.now)
    casino = Casino(founded=founded, line=line or InProcess(), password=password)
    if settings:
        casino.ada.patch("/casino", {"settings": dict(settings)}).must(200)
    return casino
