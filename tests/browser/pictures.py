"""Taking a picture of a page: at two widths, in light and in dark, small enough to be kept."""

import base64
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

WIDTHS = {1280: 1250, 390: 1500}
"""How wide, and down to where a page is shown at most."""
THEMES = ("light", "dark")
IN = "(theme) => { document.documentElement.dataset.theme = theme; scrollTo(0, 0); }"
HEIGHT = "() => document.documentElement.scrollHeight"
FEW_COLOURS = """async (png) => {
  const picture = await fetch(`data:image/png;base64,${png}`);
  const bitmap = await createImageBitmap(await picture.blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const pixels = new Uint32Array(data.buffer);
  const seen = new Map();
  for (const each of pixels) seen.set(each, (seen.get(each) ?? 0) + 1);
  const common = [...seen].sort((one, other) => other[1] - one[1]).map(([colour]) => colour);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const apart = (one, other) => one.reduce((sum, part, at) => sum + (part - other[at]) ** 2, 0);
  const kept = [];
  const place = new Map();
  for (const colour of common) {
    const mine = parts(colour);
    let nearest = 0;
    kept.forEach((each, index) => {
      if (apart(each, mine) < apart(kept[nearest], mine)) nearest = index;
    });
    const isNew = !kept.length || apart(kept[nearest], mine) > 64;
    place.set(colour, isNew && kept.length < 256 ? kept.push(mine) - 1 : nearest);
  }
  let text = "";
  for (const each of pixels) text += String.fromCharCode(place.get(each));
  return { width: bitmap.width, height: bitmap.height, palette: kept.flat(), pixels: btoa(text) };
}"""
SIGNATURE = b"\x89PNG\r\n\x1a\n"
BY_PALETTE = 3


def take(page: Page, name: str, *, folder: Path, desk: Page) -> None:
    """`name-1280-light.png` and its three sisters; at the desk their colours are made few."""
    for width, at_most in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            page.evaluate(IN, theme)
            height = min(at_most, page.evaluate(HEIGHT))
            clip = {"x": 0, "y": 0, "width": width, "height": height}
            shot = page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")
            (folder / f"{name}-{width}-{theme}.png").write_bytes(small(shot, desk=desk))


def small(png: bytes, *, desk: Page) -> bytes:
    """The same picture in at most 256 colours, which is a fifth of the bytes."""
    found = desk.evaluate(FEW_COLOURS, base64.b64encode(png).decode())
    width, height = found["width"], found["height"]
    pixels = base64.b64decode(found["pixels"])
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, width * height, width))
    header = struct.pack(">IIBBBBB", width, height, 8, BY_PALETTE, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", bytes(found["palette"])), (b"IDAT", _packed(rows)))
    return SIGNATURE + b"".join(_chunks([*chunks, (b"IEND", b"")]))


def _packed(rows: bytes) -> bytes:
    return zlib.compress(rows, 9)


def _chunks(chunks: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for kind, data in chunks:
        yield (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )
