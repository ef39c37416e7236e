"""How currency counters lay their files out: data, read by `count_file` (SOFT-5).

A further layout is a line more here, a further heading a word more. Headings are known by their
words alone, whatever their order, case, accents and punctuation, in English and Spanish.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a column can say of a box."""

    BOX = "box"
    TABLE = "table"
    INSTRUMENT = "instrument"
    DENOMINATION = "denomination"
    PIECES = "pieces"
    AMOUNT = "amount"
    TOTAL = "total"
    FIRST = "first_count"
    SECOND = "second_count"


class Shape(StrEnum):
    """Whether a row is one denomination of a box, or a box with its denominations across."""

    LINES = "lines"
    ACROSS = "across"


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """One way to lay a file out: what its headings have to name, and what stands in its cells.

    `in_pieces`: below a denomination stand pieces; else what they are worth together.
    """

    name: str
    shape: Shape
    needs: frozenset[Column]
    in_pieces: bool = True


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        name="LINE_PER_DENOMINATION",
        shape=Shape.LINES,
        needs=frozenset({Column.BOX, Column.DENOMINATION, Column.PIECES}),
    ),
    Layout(
        name="LINE_PER_AMOUNT",
        shape=Shape.LINES,
        needs=frozenset({Column.BOX, Column.DENOMINATION, Column.AMOUNT}),
        in_pieces=False,
    ),
    Layout(
        name="LINE_PER_BOX_PIECES",
        shape=Shape.ACROSS,
        needs=frozenset({Column.BOX, Column.TOTAL}),
    ),
    Layout(
        name="LINE_PER_BOX_AMOUNTS",
        shape=Shape.ACROSS,
        needs=frozenset({Column.BOX, Column.TOTAL}),
        in_pieces=False,
    ),
)
"""The layouts that are known, the more telling first. Of two whose headings are the same, the one
whose rows come out at their totals is the file's."""

HEADINGS: Mapping[Column, str] = {
    Column.BOX: """
        box; box no; box id; box code; drop box; drop box no; drop box id; bill box; canister
        canister no; container; container id; header; header card; header id; asset; asset no
        caja; caja no; codigo caja; id caja; buzon; urna; tarjeta""",
    Column.TABLE: "table; table no; table id; mesa; mesa no",
    Column.INSTRUMENT: """
        instrument; media; media type; item; item type; category; document
        instrumento; tipo; concepto; documento""",
    Column.DENOMINATION: """
        denomination; denom; face value; note; bill; note value; bill value
        denominacion; billete; valor facial""",
    Column.PIECES: """
        quantity; qty; count; pieces; pcs; notes; bills; units; note count; bill count
        cantidad; piezas; billetes; unidades; conteo""",
    Column.AMOUNT: "amount; value; subtotal; line total; importe; monto; valor; subtotal linea",
    Column.TOTAL: """
        total; box total; grand total; total amount; total value; cash total
        importe total; total caja; monto total; valor total""",
    Column.FIRST: """
        first count; count 1; 1st count; first total; machine 1
        primer conteo; conteo 1; primer total""",
    Column.SECOND: """
        second count; count 2; 2nd count; second total; machine 2
        segundo conteo; conteo 2; segundo total""",
}

INSTRUMENTS: Mapping[str, str] = {
    "CURRENCY": "currency; cash; bill; bills; note; notes; billete; billetes; efectivo",
    "COIN": "coin; coins; moneda; monedas",
    "CHIP": "chip; chips; ficha; fichas",
    "VOUCHER": "voucher; vouchers; ticket; tickets; tito; vale; vales; boleto; boletos",
    "CHECK": "check; checks; cheque; cheques",
    "COUPON": "coupon; coupons; cupon; cupones",
    "PROMO_CHIP": "promo chip; promo chips; promo; ficha promocional",
    "FOREIGN_CURRENCY": "foreign; foreign currency; divisa; divisas; moneda extranjera",
    "REJECT": "reject; rejects; rejected; rechazo; rechazos; rechazado",
    "MARKER_ISSUE": "marker; markers; pagare; pagares",
    "MARKER_PAYMENT": "marker payment; marker payments; pago pagare",
    "OTHER": "other; others; otro; otros",
}
"""What counters call what they count; an instrument across is a column of amounts."""
