"""The pages in Spanish, and amounts of another country, in a browser that adds up on the way."""

import pytest
from playwright.sync_api import expect

from tests.browser.at_page import Someone
from tests.browser.conftest import AtWork
from tests.browser.today import TableNow, found_today, table_in
from tests.line import OverTheWire

PHONE = {"width": 390, "height": 844}


def in_spanish(someone: Someone) -> Someone:
    """On a device that was set to Spanish."""
    cookie = {"name": "tb_language", "value": "es", "url": someone.base_url}
    someone.page.context.add_cookies([cookie])  # type: ignore[list-item]
    return someone


def test_the_language_is_chosen_in_the_head_of_every_page(person: AtWork, live: TableNow) -> None:
    """06-look: settings of the device; chosen once, it holds on every page."""
    sam = person("sam").open("/floor")
    sam.page.locator("#mine > summary").click()
    sam.page.get_by_label("Language").select_option("es")
    sam.page.get_by_role("button", name="Show it so").click()
    expect(sam.page.locator("html")).to_have_attribute("lang", "es")
    sam.open(live.path).sees("Cuadre de la sesión", "Ganancia/Pérdida de mesa", "N/D")


def test_the_sheet_adds_up_as_the_casino_writes(person: AtWork, wire: OverTheWire) -> None:
    """CHIP-1, CHIP-3: what is shown while one types is what the server reads, in the casino's
    locale; an amount of another country's is refused in the reader's words."""
    table = table_in(found_today(wire, locale="es-ES"))
    table.open_table()
    sam = in_spanish(person(table.casino.sam)).open(f"{table.path}/do/request-fill")
    pieces, amount = (
        sam.form.locator(f'input[name="{name}"]')
        for name in ("chipset:10000", "amount:chipset:100000")
    )
    total = sam.form.locator("[data-total]")
    pieces.fill("12")
    expect(total).to_have_text("1.200\N{NO-BREAK SPACE}US$")
    amount.fill("25.000,00")
    expect(sam.form.locator('input[name="chipset:100000"]')).to_have_value("25")
    expect(total).to_have_text("26.200\N{NO-BREAK SPACE}US$")
    amount.fill("25,000.00")
    amount.blur()
    expect(sam.form).to_contain_text("Un importe como 1.234,50.")
    amount.fill("1.500")
    amount.blur()
    expect(sam.form).to_contain_text("No es un número entero de estas fichas: 1.000")
    amount.fill("25.000")
    sam.sends().sees("El relleno está solicitado.")
    (slip,) = table.casino.sam.all_of("/slips", session_id=table.session_id)
    assert slip["total_cents"] == 2_620_000


@pytest.mark.parametrize("path", ["/floor", "/floor?view=list", "/pit-sheet", "", "/do/roll-over"])
def test_nothing_scrolls_sideways_on_a_phone_in_spanish(
    person: AtWork, live: TableNow, path: str
) -> None:
    """06-look: words are longer in Spanish, and a phone is no wider."""
    sam = in_spanish(person("sam", viewport=PHONE))
    sam.open(path if path.startswith("/") and "/do/" not in path else f"{live.path}{path}")
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert sam.page.evaluate(over) <= 0
