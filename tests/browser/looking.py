"""Looking hard at a page: by axe in light and dark, by what scrolls sideways, by a thumb."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (360, 390, 1280, 1920)
HEIGHT = 900
PHONE = 390
AXE = Axe()
ALL_RULES = {
    "resultTypes": ["violations"],
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        "best-practice",
    ],
}
BY_COLOUR = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""What can differ between light and dark: the two are one page in other colours."""

OPENED = """() => {
  document.querySelectorAll("details:not(.mine)").forEach((each) => { each.open = true; });
}"""
IS_THERE = "() => typeof axe === 'object'"
RUN = "([within, rules]) => axe.run(within, rules)"
IN = "(theme) => { document.documentElement.dataset.theme = theme; }"
SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  const whole = document.scrollingElement.scrollWidth;
  if (whole <= room) return "";
  const over = [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.right > room + 0.5 && box.width && each.checkVisibility();
  });
  const named = over.slice(-3).map((each) => each.outerHTML.slice(0, 120));
  return `${whole} px wide on ${room}: ${named.join(" … ")}`;
}"""
SMALL = """() => {
  const least = 44 - 0.5;
  const found = [];
  const fields = "input:not([type=hidden]), select, textarea";
  const all = `a[href], button, summary, [tabindex='0'], ${fields}`;
  const inWords = (each) => {
    if (each.tagName !== "A" || getComputedStyle(each).display !== "inline") return false;
    const rest = [...each.parentElement.childNodes].filter((node) => node !== each);
    return /\\p{L}{2}/u.test(rest.map((node) => node.textContent).join(" "));
  };
  const reached = (each, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (each.contains(hit) || hit.closest("label")?.control === each);
  };
  const sized = (each) => {
    const box = each.getBoundingClientRect();
    const label = each.closest("label")?.getBoundingClientRect();
    return [box, label].some((one) => one && one.width >= least && one.height >= least);
  };
  const hit = (each) => {
    each.scrollIntoView({ block: "center", inline: "center" });
    const box = each.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const edges = [[x - 21, y], [x + 21, y], [x, y - 21], [x, y + 21]];
    return edges.every(([atX, atY]) => reached(each, atX, atY));
  };
  const onTop = document.querySelector("dialog[open], .mine[open]") ?? document;
  for (const each of onTop.querySelectorAll(all)) {
    const box = each.getBoundingClientRect();
    const isAway = box.right <= 0 || each.closest("[inert]");
    if (isAway || !each.checkVisibility({ visibilityProperty: true })) continue;
    if (inWords(each) || sized(each) || hit(each)) continue;
    const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
    found.push(`${size} ${each.outerHTML.slice(0, 120)}`);
  }
  scrollTo(0, 0);
  return found;
}"""


def faults(page: Page, *, within: str = "html") -> list[str]:
    """Everything that is wrong with the page as it stands; details are opened first.

    `within` narrows what axe looks at to a part of it, where the rest is looked at elsewhere.
    """
    page.evaluate(OPENED)
    return [*_by_axe(page, within), *by_size(page)]


def _by_axe(page: Page, within: str) -> Iterator[str]:
    page.evaluate(IN, "light")
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE.axe_script)
    for theme, rules in (("light", ALL_RULES), ("dark", BY_COLOUR)):
        page.evaluate(IN, theme)
        found: dict[str, Any] = page.evaluate(RUN, [within, rules])
        for each in found["violations"]:
            nodes = "; ".join(node["html"][:160] for node in each["nodes"][:3])
            why = " ".join((each["nodes"][0]["failureSummary"] or "").split())
            yield f"{theme}: {each['id']}, {len(each['nodes'])} times: {why} {nodes}"


def by_size(page: Page) -> Iterator[str]:
    """What scrolls sideways at some width, and what is too small for a thumb."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if sideways := page.evaluate(SIDEWAYS):
            yield f"at {width} px: {sideways}"
        if width == PHONE:
            yield from (f"at {width} px too small: {each}" for each in page.evaluate(SMALL))
