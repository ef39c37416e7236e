// Finding one's way on the floor by keyboard: "/" begins to search, arrows go from table to table as
// they lie on the screen, "n" to the next one with something to do, "?" says all this.
const tables = () => [...document.querySelectorAll("#tables .card-code")];
const isTyping = (event) => event.target.closest?.("input, textarea, select");
const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

function search() {
  const find = document.getElementById("find");
  find.focus();
  find.select();
}

const middle = (box) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });

// The nearest table in a direction; a step to the side counts less than a step off the row.
function nearest(from, key) {
  const here = middle(from.getBoundingClientRect());
  const isAcross = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  let best = null;
  for (const each of tables()) {
    if (each === from) continue;
    const there = middle(each.getBoundingClientRect());
    const along = sign * (isAcross ? there.x - here.x : there.y - here.y);
    const beside = Math.abs(isAcross ? there.y - here.y : there.x - here.x);
    if (along < 4 || (isAcross && beside > 20)) continue;
    const distance = along + 3 * beside;
    if (!best || distance < best.distance) best = { each, distance };
  }
  return best?.each;
}

function go(key) {
  const all = tables();
  const here = document.activeElement.closest?.("[id^='table-']")?.querySelector(".card-code");
  if (!here) return all[0];
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  const step = key === "ArrowRight" ? 1 : -1;
  const beside = key === "ArrowLeft" || key === "ArrowRight" ? all[all.indexOf(here) + step] : null;
  return nearest(here, key) ?? beside;
}

function nextToDo() {
  const waiting = [...document.querySelectorAll("#tables .card-needs, #tables .line-needs")];
  const here = document.activeElement.closest?.("[id^='table-']");
  const after = waiting.find(
    (each) => here && here.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return (after ?? waiting[0])?.querySelector(".card-code");
}

const KEYS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

document.addEventListener("keydown", (event) => {
  if (!isPlain(event) || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && event.target.id === "find") event.target.blur();
  if (isTyping(event)) {
    const intoTables = event.target.id === "find" && event.key === "ArrowDown";
    if (intoTables) tables()[0]?.focus();
    if (intoTables) event.preventDefault();
    return;
  }
  if (event.key === "/") search();
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (event.key === "n") nextToDo()?.focus();
  else if (KEYS.has(event.key) && (document.activeElement.closest("#tables") || document.activeElement === document.body)) go(event.key)?.focus();
  else return;
  event.preventDefault();
});

document.querySelector("[data-keys]")?.addEventListener("click", () => document.getElementById("keys").showModal());

document.addEventListener("submit", (event) => {
  if (event.target.id !== "filter") return;
  event.preventDefault();
  tables()[0]?.click();
});
