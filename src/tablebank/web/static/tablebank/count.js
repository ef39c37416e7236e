// The count sheet adds up while it is filled in. The server counts again: these figures are only shown.
// Amounts are written and read as the casino's locale has it; the page says how, and in which words.
const MINUS = "\u2212";
const [before, behind, group, decimal] = ["Before", "After", "Group", "Decimal"].map(
  (each) => document.body.dataset[`money${each}`],
);
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const sign = literally((before || behind).trim());
const AMOUNT = new RegExp(
  `^(?:${sign}\\s*)?(\\d{1,3}(?:${literally(group)}\\d{3})+|\\d{1,13})(?:${literally(decimal)}(\\d{2}))?${behind && `(?:\\s*${sign})?`}$`,
);

function plain(cents) {
  const whole = String(Math.trunc(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+$)/g, group);
  const rest = Math.abs(cents) % 100;
  return `${whole}${rest ? decimal + String(rest).padStart(2, "0") : ""}`;
}

function money(cents, signed = false) {
  const plus = cents < 0 ? MINUS : signed && cents > 0 ? "+" : "";
  return `${plus}${before}${plain(cents)}${behind}`;
}

// What the sheet says of itself, in the reader's language.
const words = (element) => element.closest("[data-chips]").dataset;

const change = (cents) => (cents === 0 ? "0" : money(cents, true));

// Pieces typed so far; null while the row is empty or not a number.
function piecesIn(input) {
  const text = input.value.trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function centsIn(input) {
  const found = AMOUNT.exec(input.value.trim());
  return found ? Number(found[1].replaceAll(group, "")) * 100 + Number(found[2] ?? 0) : null;
}

const rowsOf = (sheet) => [...sheet.querySelectorAll("tbody tr")];
const worth = (row) => Number(row.dataset.cents ?? 0);

// What a row comes to in cents, null while it is unknown.
function centsOf(row) {
  const input = row.querySelector("input");
  if ("money" in input.dataset) return centsIn(input);
  const pieces = piecesIn(input);
  return pieces === null ? null : pieces * worth(row);
}

function addUp(sheet) {
  let total = null;
  let isPartial = false;
  for (const row of rowsOf(sheet)) {
    const cents = centsOf(row);
    const counts = row.dataset.inBank !== "no";
    const amount = row.querySelector("[data-amount]");
    if (amount) amount.textContent = cents === null ? "" : money(cents);
    if (counts && cents !== null) total = (total ?? 0) + cents;
    if (counts && cents === null && Number(row.dataset.before)) isPartial = true;
    const shown = row.querySelector("[data-change]");
    if (shown) shown.textContent = cents === null ? "" : change(cents - row.dataset.before * worth(row));
  }
  sheet.querySelector("[data-total]").textContent = total === null ? "" : money(total);
  const whole = sheet.querySelector("[data-total-change]");
  if (!whole) return;
  whole.classList.toggle("quiet-text", isPartial);
  whole.textContent =
    total === null ? "" : isPartial ? words(sheet).notAll : change(total - whole.dataset.beforeCents);
}

function say(row, which, words) {
  const place = row.querySelector(`[data-wrong="${which}"]`);
  const input = row.querySelector(`.${which}`);
  if (!place || !input) return;
  place.textContent = words ? `▲ ${words}` : "";
  if (words) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

// What is wrong with an amount, in words; nothing where it makes whole chips.
function wrongAmount(row, cents) {
  if (cents === null) return words(row).notMoney;
  const over = cents % worth(row);
  if (!over) return "";
  const [less, more] = [cents - over, cents - over + worth(row)];
  return words(row).notWhole.replace("{less}", money(less)).replace("{more}", money(more));
}

function fromPieces(row) {
  const [input, amount] = [row.querySelector(".pieces"), row.querySelector(".amount")];
  const pieces = piecesIn(input);
  if (amount) amount.value = pieces === null ? "" : plain(pieces * worth(row));
  say(row, "amount", "");
  if (pieces !== null || !input.value.trim()) say(row, "pieces", "");
}

function fromAmount(row) {
  const [input, amount] = [row.querySelector(".pieces"), row.querySelector(".amount")];
  const cents = centsIn(amount);
  const wrong = amount.value.trim() ? wrongAmount(row, cents) : "";
  input.value = wrong || cents === null ? "" : cents / worth(row);
  say(row, "pieces", "");
  if (!wrong) say(row, "amount", "");
}

// Said when a field is left: while one is still typing, "1" is not yet the wrong amount for "100".
function left(input) {
  const row = input.closest("tr");
  const text = input.value.trim();
  if (!row) return;
  if (input.matches(".amount")) say(row, "amount", text ? wrongAmount(row, centsIn(input)) : "");
  else if (!("money" in input.dataset)) say(row, "pieces", text && piecesIn(input) === null ? words(row).notPieces : "");
}

function step(row, by) {
  const input = row.querySelector(".pieces");
  input.value = Math.max(0, (piecesIn(input) ?? 0) + by);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function begin(root) {
  for (const sheet of root.querySelectorAll("[data-chips]:not([data-begun])")) {
    sheet.dataset.begun = "";
    sheet.querySelectorAll(".stack-button, [data-keys]").forEach((each) => (each.hidden = false));
    sheet.querySelectorAll("[data-served]").forEach((each) => each.remove());
    for (const amount of sheet.querySelectorAll(".amount")) {
      amount.tabIndex = -1;
      if (!amount.value.trim()) asServed(amount.closest("tr"));
    }
    addUp(sheet);
  }
}

// A form that came back keeps what is said beside its fields; the amounts of its rows are ours.
function asServed(row) {
  const pieces = piecesIn(row.querySelector(".pieces"));
  if (pieces !== null) row.querySelector(".amount").value = plain(pieces * worth(row));
}

document.addEventListener("input", (event) => {
  const sheet = event.target.closest("[data-chips]");
  if (!sheet) return;
  const row = event.target.closest("tr");
  if (event.target.matches(".amount")) fromAmount(row);
  else if (row?.querySelector(".amount")) fromPieces(row);
  addUp(sheet);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-chips] .pieces, [data-chips] .amount")) left(event.target);
});

// What a draft put back is added up, and what was wrong with it is said again.
document.addEventListener("restored", (event) => {
  for (const sheet of event.target.querySelectorAll("[data-chips]")) {
    sheet.querySelectorAll(".pieces, .amount").forEach(left);
    addUp(sheet);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest(".stack-button");
  if (button) step(button.closest("tr"), Number(button.dataset.add));
});

// Down the column by Enter or the arrows: Enter sends a sheet only from below its last row. Across
// the row by the arrows, from the end of what is typed; a stack or a rack by Page Up and Page Down.
document.addEventListener("keydown", (event) => {
  const input = event.target;
  const sheet = input.matches?.(".pieces, .amount") && input.closest("[data-chips]");
  if (!sheet || event.ctrlKey || event.metaKey || event.altKey) return;
  const done = byStep(event, input) || across(event, input) || down(event, input, sheet);
  if (done) event.preventDefault();
});

function byStep(event, input) {
  if (!/^Page(Up|Down)$/.test(event.key)) return false;
  const row = input.closest("tr");
  const buttons = [...row.querySelectorAll(".stack-button")].filter((each) => "rack" in each.dataset === event.shiftKey);
  if (!buttons.length) return false;
  step(row, Number(buttons[event.key === "PageUp" ? 1 : 0].dataset.add));
  return true;
}

function across(event, input) {
  const [start, end] = [input.selectionStart, input.selectionEnd];
  const toAmount = event.key === "ArrowRight" && input.matches(".pieces") && end === input.value.length;
  const toPieces = event.key === "ArrowLeft" && input.matches(".amount") && start === 0;
  const other = input.closest("tr").querySelector(toAmount ? ".amount" : ".pieces");
  if (event.shiftKey || !(toAmount || toPieces) || !other) return false;
  other.focus();
  other.select();
  return true;
}

function down(event, input, sheet) {
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return false;
  const column = [...sheet.querySelectorAll(input.matches(".amount") ? ".amount" : ".pieces")];
  const next = column[column.indexOf(input) + by];
  if (next) next.focus();
  else if (by > 0) after(sheet)?.focus();
  return true;
}

function after(sheet) {
  const fields = [...sheet.closest("form").elements];
  const last = fields.findLastIndex((each) => sheet.contains(each));
  return fields.slice(last + 1).find((each) => each.type !== "hidden" && !each.disabled && each.checkVisibility());
}

document.addEventListener("htmx:afterSettle", () => begin(document));
begin(document);
