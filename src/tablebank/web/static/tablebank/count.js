// The count sheet adds up while it is filled in. The server counts again: these figures are only shown.
const MINUS = "\u2212";

function money(cents, signed = false) {
  const sign = cents < 0 ? MINUS : signed && cents > 0 ? "+" : "";
  const whole = Math.trunc(Math.abs(cents) / 100).toLocaleString("en-US");
  const rest = Math.abs(cents) % 100;
  return `${sign}${document.body.dataset.symbol}${whole}${rest ? "." + String(rest).padStart(2, "0") : ""}`;
}

// Pieces typed so far; null while the row is empty or not a number.
function piecesIn(input) {
  const text = input.value.trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function centsIn(input) {
  const found = /^\$?(\d[\d,]*)(?:\.(\d{2}))?$/.exec(input.value.trim());
  return found ? Number(found[1].replaceAll(",", "")) * 100 + Number(found[2] ?? 0) : null;
}

function addUp(sheet) {
  let total = 0;
  let change = 0;
  let anything = false;
  for (const row of sheet.querySelectorAll("tbody tr")) {
    const input = row.querySelector("input");
    const byAmount = "money" in input.dataset;
    const worth = Number(row.dataset.cents ?? 0);
    const pieces = byAmount ? null : piecesIn(input);
    const cents = byAmount ? centsIn(input) : pieces === null ? null : pieces * worth;
    const counts = byAmount || row.dataset.inBank === "yes";
    row.querySelector("[data-amount]").textContent = cents === null ? "" : money(cents);
    if (cents !== null) {
      anything = true;
      if (counts) total += cents;
    }
    const shown = row.querySelector("[data-change]");
    if (shown) {
      const gap = ((pieces ?? 0) - Number(row.dataset.before)) * worth;
      if (counts) change += gap;
      shown.textContent = pieces === null ? "" : gap === 0 ? "0" : money(gap, true);
    }
  }
  sheet.querySelector("[data-total]").textContent = anything ? money(total) : "";
  const whole = sheet.querySelector("[data-total-change]");
  if (whole) whole.textContent = !anything ? "" : change === 0 ? "0" : money(change, true);
}

function begin(root) {
  for (const sheet of root.querySelectorAll("[data-chips]")) {
    sheet.querySelectorAll(".stack-button").forEach((each) => (each.hidden = false));
    addUp(sheet);
  }
}

document.addEventListener("input", (event) => {
  const sheet = event.target.closest("[data-chips]");
  if (sheet) addUp(sheet);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest(".stack-button");
  if (!button) return;
  const input = button.closest("tr").querySelector("input");
  input.value = Math.max(0, (piecesIn(input) ?? 0) + Number(button.dataset.add));
  addUp(button.closest("[data-chips]"));
});

// Down the column by Enter or the arrows: Enter sends a sheet only from below its last row.
document.addEventListener("keydown", (event) => {
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const sheet = by && event.target.matches?.(".pieces") && event.target.closest("[data-chips]");
  if (!sheet) return;
  event.preventDefault();
  const column = [...sheet.querySelectorAll(".pieces")];
  const next = column[column.indexOf(event.target) + by];
  if (next) next.focus();
  else if (by > 0) after(sheet)?.focus();
});

function after(sheet) {
  const fields = [...sheet.closest("form").elements];
  const last = fields.findLastIndex((each) => sheet.contains(each));
  return fields.slice(last + 1).find((each) => each.type !== "hidden" && !each.disabled && each.checkVisibility());
}

document.addEventListener("htmx:afterSettle", () => begin(document));
begin(document);
