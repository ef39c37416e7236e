"""How much a file may hold: far more than any casino's sheet, far less than would hurt (S9).

Whatever is beyond a bound is refused in words, before it costs memory or time.
"""

from tablebank.domain.par_import import MOST_ROWS

MAX_BYTES = 5 * 1024 * 1024
"""Of a file as it comes in."""

MAX_UNPACKED = 24 * 1024 * 1024
"""Of a workbook's parts together, once unpacked."""

MAX_PARTS = 500
"""Files within a workbook: sheets, styles, pictures."""

MAX_TAGS = 120_000
"""XML tags of a workbook: what makes it slow to read is their number, not their length."""

MAX_SHEETS = 50

MAX_LINES = 100_000
"""Lines of a text or rows of a sheet, blank ones too."""

MAX_ROWS = MOST_ROWS
"""Lines or rows with something in them: as many as tables are imported at once."""

MAX_COLUMNS = 200

MAX_CELL = 2_000
"""Characters of a cell: as long as a remark may be."""

MAX_CODE = 64
"""Characters of a table's code, a pit or a game: as everywhere else."""

MAX_MERGES = 5_000
"""Merged areas of a sheet."""

HEADING_LINES = 40
"""How far down the headings are looked for, blank lines not counted."""

AMOUNT_CHARACTERS = 40
"""The longest text that can be an amount."""
