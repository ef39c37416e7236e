"""The pages in Spanish: every page, form and refusal; amounts as the casino writes them."""

import pytest
from django.test import Client

from tests.at_table import TRAY, AtTable, a_table
from tests.browser.walk import Map, walked
from tests.cast import Casino, found
from tests.house.messages import CATALOGUE
from tests.web.browser import Browser, browser_of, read
from tests.web.spanish import english_on, spanish_of

DAY = "2026-03-02"
PEOPLE = ("sam", "pat", "casey", "dora", "tina", "ana", "ada", "art")


def _disputed(table: AtTable) -> None:
    """A fill counted wrong twice."""
    casino, fill = table.casino, table.issue(table.ask_fill("10 black"))
    for _ in range(2):
        casino.sam.post(
            f"/slips/{fill['id']}/verify",
            {"chipset": {"10000": 9}, "deposit": True},
            at=casino.tick(),
            signed=[casino.dana, casino.rory],
        )


@pytest.fixture(scope="module")
def at_work(_database_is_real: None) -> Casino:
    """A casino in which a bit of everything stands: each phase, each slip, boxes, exceptions."""
    casino = found()
    a_table(casino)
    a_table(casino).prepare()
    a_table(casino).open()
    moving = a_table(casino)
    moving.open_table()
    moving.ask_fill("1 black")
    moving.issue(moving.ask_fill("2 black"))
    moving.pick_up(moving.ask_credit("1 green"))
    moving.fill()
    _disputed(moving)
    closing = a_table(casino)
    closing.open_table()
    closing.closing()
    forced = a_table(casino)
    forced.open_table()
    forced.issue(forced.ask_fill("20 black"))
    forced.force_close()
    waiting = a_table(casino)
    waiting.open_table()
    waiting.credit()
    waiting.close("17 black")
    waiting.drop()
    shared = a_table(casino)
    shared.open_table()
    shared.roll_over("17 black")
    whole = a_table(casino)
    whole.open_table()
    whole.fill()
    whole.close("40 black")
    whole.drop()
    whole.custody()
    whole.soft_count(120_000)
    casino.pat.post(f"{whole.path}/review", at=casino.tick())
    whole.reconcile()
    whole.finalize()
    return casino


@pytest.fixture(scope="module")
def everywhere(at_work: Casino) -> Map:
    return walked(at_work.person(name) for name in PEOPLE)


def test_no_page_shows_a_word_of_english(everywhere: Map) -> None:
    """04-screens: all words are translatable. Each page as everybody who reaches it sees it."""
    left: dict[str, str] = {}
    for name, variety in everywhere.pages:
        for way in everywhere.ways(name, variety):
            page = spanish_of(way.person).get(way.path)
            if page.status == 302:
                continue
            assert 'lang="es"' in page.html
            for each in english_on(page.html):
                left.setdefault(each, f"{way.person.name} at {way.path}")
    assert left == {}


def test_the_walk_would_see_english(everywhere: Map) -> None:
    """The same pages in English are full of it: else the walk above proves nothing."""
    for name in ("floor", "session", "cage", "drops", "exceptions", "settings-section"):
        way = everywhere.all_ways(name)[0]
        assert len(english_on(browser_of(way.person).get(way.path).html)) > 10, name


def test_the_gaming_day_is_named_as_such(everywhere: Map) -> None:
    """Jornada de juego, wherever a business date is meant (TIME-3)."""
    casey = next(way for way in everywhere.ways("cage"))
    spanish_of(casey.person).get(casey.path).says("jornada de juego lun 2 mar")
    paper = everywhere.all_ways("slip-paper")[0]
    spanish_of(paper.person).get(paper.path).says("Jornada de juego")


def test_nothing_unknown_is_a_zero_in_spanish(at_work: Casino) -> None:
    """LESSON-2: N/D, never $0."""
    table = a_table(at_work)
    table.open_table()
    page = spanish_of(at_work.sam).get(table.path)
    page.says("Cuadre de la sesión", "Ganancia/Pérdida de mesa N/D", "Drop N/D", "En juego")
    page.says("El buzón está en la mesa", "Fondo objetivo sin configurar").says_not("N/A")


def test_a_session_is_carried_through_in_spanish() -> None:
    """Every step says in Spanish that it was done, and what comes next."""
    table = a_table(found())
    casino = table.casino
    who = {name: spanish_of(casino.person(name)) for name in WALKERS}
    sam, at = who["sam"], lambda: f"{table.path}/do"
    page = sam.get(f"/tables/{table.id}").says("Sesión nueva", "Abrir mesa")
    opened = sam.send(f"/tables/{table.id}", {**page.form.values, "open": "yes"})
    opened.says("La mesa está abierta. Registre el conteo de apertura.")
    table.session_id = casino.sam.all_of("/sessions", table_id=table.id)[0]["id"]
    signed = [casino.dana, casino.pat]
    opener = sam.fill_in(f"{at()}/opening-count", tray=TRAY, signed=signed, at=f"{DAY}T06:30")
    opener.says("El conteo de apertura está registrado. La mesa está en juego.")
    asked = sam.fill_in(f"{at()}/request-fill", tray="20 black", at=f"{DAY}T07:00")
    asked.says("El relleno está solicitado.")
    fill = casino.sam.all_of("/slips", session_id=table.session_id)[0]["id"]
    issued = who["casey"].fill_in(f"{at()}/issue/{fill}", signed=[casino.rory], at=f"{DAY}T07:05")
    issued.says("El relleno está emitido. El mensajero tiene las fichas.")
    hands = [casino.dana, casino.rory]
    verified = sam.fill_in(
        f"{at()}/verify-fill/{fill}", tray="20 black", signed=hands, at=f"{DAY}T07:10"
    )
    verified.says("El relleno está verificado: sus fichas están en la bandeja.")
    sam.fill_in(f"{at()}/begin-closing", at=f"{DAY}T13:00").says("El cierre ha comenzado.")
    sam.fill_in(f"{at()}/closing-count", tray=TRAY, signed=[casino.dana], at=f"{DAY}T13:05")
    closed = sam.fill_in(f"{at()}/close", at=f"{DAY}T13:10")
    closed.says("La sesión está cerrada.", "Cerrada")
    for page in (opener, issued, verified, closed):
        assert english_on(page.html) == []


WALKERS = ("sam", "casey")


def test_a_refusal_says_in_spanish_what_is_wrong(at_work: Casino) -> None:
    """SESS-6: the sentence, what is in the way, and the words beside each field."""
    casino, table = at_work, a_table(at_work)
    table.open_table()
    table.ask_fill("3 black")
    sam, at = spanish_of(casino.sam), f"{table.path}/do"
    empty = sam.send(f"{at}/interim-count", {"key": "k-1"}, follow=False)
    empty.says("Parte de esto no se pudo leer: vea lo marcado. No se cambió nada.")
    empty.says("Anote las piezas de cada ficha; 0 donde no hay.")
    odd = sam.send(f"{at}/request-fill", {"key": "k-2", "amount:chipset:10000": "150"})
    odd.says("No es un número entero de estas fichas.")
    unsigned = sam.fill_in(f"{at}/interim-count", tray=TRAY)
    unsigned.says("Falta una firma.", "Falta la firma de: Crupier.")
    wrong = sam.fill_in(f"{at}/interim-count", tray=TRAY, signed=[casino.rory])
    wrong.says("Esta persona no actúa como crupier.")
    early = sam.fill_in(
        f"{at}/interim-count", tray=TRAY, signed=[casino.dana], at="2026-03-02T05:00"
    )
    early.says("No puede haber ocurrido a esa hora.", "No puede ser anterior a este momento:")
    gone = sam.get("/nowhere").says("Aquí no hay nada", "No existe esa página.")
    for page in (empty, odd, unsigned, wrong, early, gone):
        assert english_on(page.html) == []


def test_the_door_speaks_the_browsers_language() -> None:
    """Before anybody signed in: by Accept-Language, with the device's own choice before it."""
    english, spanish = Browser(Client()), Browser(Client())
    english.get("/sign-in").says("Sign in", "Password")
    page = spanish.get("/sign-in", **{"Accept-Language": "es-MX,es;q=0.9"})
    page.says("Iniciar sesión", "Contraseña")
    chosen = Client()
    chosen.cookies["tb_language"] = "en"
    answer = chosen.get("/sign-in", headers={"Accept-Language": "es"})
    read(answer).says("Sign in")
    said = {"casino": "nobody", "badge": "1", "password": "x"}
    client = Client()
    client.cookies["tb_language"] = "es"
    refused = read(client.post("/sign-in", said))
    refused.says("El casino, la credencial o la contraseña no es correcto.")


def test_without_a_choice_it_is_english(at_work: Casino) -> None:
    page = browser_of(at_work.sam).get("/floor", **{"Accept-Language": "fr"})
    assert 'lang="en"' in page.html
    page.says("Floor")


def test_a_program_is_answered_in_english(at_work: Casino) -> None:
    """02-interfaces: one contract, whatever a library sends as Accept-Language."""
    asked = [
        ("GET", "/sessions/00000000-0000-4000-8000-000000000000", None),
        ("POST", "/sessions", b"{}"),
        ("POST", "/nothing", b"{}"),
        ("GET", "/casino", None),
        ("GET", "/exceptions", None),
        ("GET", "/shift", None),
    ]
    for method, path, body in asked:
        plain, foreign = (
            at_work.sam.send(method, path, body=body, headers=headers)
            for headers in ({}, {"Accept-Language": "es", "Cookie": "tb_language=es"})
        )
        assert (plain.status, plain.text) == (foreign.status, foreign.text)
        assert "Content-Language" not in foreign.headers
        assert "Accept-Language" not in foreign.headers.get("Vary", "")


def test_a_casino_in_madrid_writes_and_reads_its_own_amounts() -> None:
    """CHIP-1: 25.000,00 € is shown, and read back to the cent; what is another country's is not."""
    casino = found(currency="EUR", settings={"locale": "es-ES"})
    table = a_table(casino)
    table.open_table()
    sam = spanish_of(casino.sam)
    page = sam.get(table.path).says("3.200,00 €")
    assert 'data-money-group="."' in page.html
    assert 'data-money-decimal=","' in page.html
    at = f"{table.path}/do/request-fill"
    keyed = {"key": "eur-1", "amount:chipset:100000": "25.000,00"}
    sam.send(at, keyed).says("El relleno está solicitado.")
    (slip,) = casino.sam.all_of("/slips", session_id=table.session_id)
    assert slip["total_cents"] == 2_500_000
    other = sam.send(at, {"key": "eur-2", "amount:chipset:100000": "25,000.00"}, follow=False)
    assert other.status == 422
    other.says("Un importe como 1.234,50.")
    browser_of(casino.sam).get(table.path).says("3.200,00 €", "In play")


def test_the_catalogue_is_loaded_from_the_package() -> None:
    """What is installed carries its compiled catalogue along."""
    assert CATALOGUE.with_suffix(".mo").stat().st_size > 50_000
