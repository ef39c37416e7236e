"""Somebody without a mouse: Tab, arrows, Enter and typing; the focus is always to be seen."""

from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.at_page import AT_REST, Someone
from tests.cast import Person

FARTHEST = 250
"""Nothing is farther away than so many presses of Tab."""
HIDDEN_FOCUS = """() => {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  const around = [here, here.closest(".card, .row, tr, label, li")].filter(Boolean);
  const isMarked = around.some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  });
  if (!isMarked) return `no mark on ${here.outerHTML.slice(0, 160)}`;
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  if (y < 0 || y > innerHeight) return `out of sight: ${here.outerHTML.slice(0, 160)}`;
  const hit = document.elementFromPoint(x, y);
  const isFree = hit && (here.contains(hit) || hit.contains(here) || hit.closest("label"));
  return isFree ? "" : `covered by ${hit?.outerHTML.slice(0, 80)}: ${here.outerHTML.slice(0, 160)}`;
}"""


@dataclass(kw_only=True)
class Keys:
    """The keyboard before one page."""

    someone: Someone

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.someone.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Keys":
        self.someone.page.keyboard.type(text)
        return self

    def to(self, target: Locator) -> "Keys":
        """Tab until it has the focus; on the way nothing has it unseen."""
        target.wait_for()
        for _ in range(FARTHEST):
            if target.evaluate("(each) => each === document.activeElement"):
                return self
            self.someone.page.wait_for_function(AT_REST)
            self.press("Tab")
            hidden = self.someone.page.evaluate(HIDDEN_FOCUS)
            assert not hidden, hidden
        raise AssertionError(f"Tab does not lead to {target}")

    def open(self, words: str, *, within: Locator | None = None) -> "Keys":
        """To the button or link of these words, and Enter."""
        here = within or self.someone.main
        button = here.get_by_role("button", name=words, exact=True)
        link = here.get_by_role("link", name=words, exact=True)
        return self.to(button.or_(link).first).press("Enter")

    def into(self, label: str, text: str) -> "Keys":
        """To the field of this label, and type."""
        return self.to(self.someone.form.get_by_label(label).first).type(text)

    def choose(self, label: str, words: str) -> "Keys":
        """To the list of this label; what one types there picks the entry that begins so."""
        return self.to(self.someone.form.get_by_label(label).first).type(words)

    def count(self, *pieces: int) -> "Keys":
        """Down the sheet by Enter, from its first chip; the last Enter leaves it."""
        self.to(self.someone.form.locator(".pieces").first)
        for each in pieces:
            self.press("Control+A").type(str(each)).press("Enter")
        return self

    def sign(self, *signers: Person) -> "Keys":
        rows = self.someone.form.locator(".signer:has(.badge-field)")
        rows.first.wait_for()
        for person, row in zip(signers, rows.all(), strict=False):
            if row.locator("select").count():
                self.to(row.locator("select")).type(person.roles[0].replace("_", " ").title())
            self.to(row.get_by_label("Badge")).type(person.badge)
            self.to(row.get_by_label("PIN")).type(person.pin)
        return self

    def send(self) -> "Keys":
        """Enter on the form's one primary button."""
        return self.to(self.someone.form.locator("button.primary")).press("Enter")
