// The pit sheet on the way through the pit: Enter and the arrows go down the column, stacks add up as
// they are typed, and it is said how many tables are read. The server reads again what was typed.
const { moneyBefore: before, moneyAfter: after, moneyGroup: group } = document.body.dataset;

const money = (cents) => `${before}${String(Math.round(cents / 100)).replace(/\B(?=(\d{3})+$)/g, group)}${after}`;

function thousands(text) {
  const bare = text.replace(before.trim() || after.trim(), "").trim();
  const found = /^(\d{1,6})(?:[.,](\d{1,2}))?\s?k$/i.exec(bare);
  return found ? Number(`${found[1]}.${found[2] ?? 0}`) * 100000 : null;
}

function stacked(pad) {
  const typed = [...pad.querySelectorAll(".in-stacks")].filter((each) => each.value.trim());
  const numbers = typed.map((each) => Number(each.value.trim().replace(",", ".")) * each.dataset.cents);
  if (!typed.length || numbers.some(Number.isNaN)) return null;
  return numbers.reduce((sum, each) => sum + each, 0) * Number(pad.dataset.stack);
}

function said(row) {
  const sum = stacked(row.querySelector(".stack-pad")) ?? thousands(row.querySelector("[data-column=tray]").value);
  row.querySelector("[data-sum]").textContent = sum === null ? "" : `= ${money(sum)}`;
}

const isRead = (row) => [...row.querySelectorAll("[data-column=tray], .in-stacks")].some((each) => each.value.trim());

function counted(sheet) {
  const rows = [...sheet.querySelectorAll("tbody tr")];
  const words = sheet.closest("form").querySelector("[data-read]");
  const read = rows.filter(isRead).length;
  words.textContent = words.dataset.readWords.replace("{read}", read).replace("{all}", rows.length);
}

function begin() {
  for (const sheet of document.querySelectorAll("[data-pit-sheet]:not([data-begun])")) {
    sheet.dataset.begun = "";
    document.querySelectorAll("[data-keys]").forEach((each) => (each.hidden = false));
    sheet.querySelectorAll("tbody tr").forEach(said);
    counted(sheet);
  }
}

for (const name of ["input", "restored"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest("form");
    for (const sheet of form?.querySelectorAll("[data-pit-sheet]") ?? []) {
      sheet.querySelectorAll("tbody tr").forEach(said);
      counted(sheet);
    }
  });
}

// Down the column by Enter or the arrows; Enter below the last row goes on to sending, never past it.
document.addEventListener("keydown", (event) => {
  const input = event.target;
  const sheet = input.matches?.("input") && input.closest("[data-pit-sheet]");
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!sheet || !by || event.ctrlKey || event.metaKey || event.altKey) return;
  const pad = input.closest(".stack-pad");
  const column = pad ? pad.querySelectorAll(".in-stacks") : sheet.querySelectorAll(`[data-column=${input.dataset.column}]`);
  const fields = [...column];
  const next = fields[fields.indexOf(input) + by] ?? (by > 0 ? beyond(sheet, pad) : null);
  event.preventDefault();
  next?.focus();
  next?.select?.();
});

// Below a pad comes the next table; below the last table the button that sends.
function beyond(sheet, pad) {
  const row = pad?.closest("tr").nextElementSibling;
  return row ? row.querySelector("[data-column=tray]") : sheet.closest("form").querySelector(".primary");
}

document.addEventListener("htmx:afterSettle", begin);
begin();
