// What the pages do beside htmx: refresh what something happened to, and nothing else; mark what
// changed, and keep what was opened open. Nothing here knows a rule.
import "./feed.js";

const TICK_MS = 30_000;
const PAUSE_MS = 1000;
const OF_PEOPLE = new Set(["staff", "token"]);
const OF_MANY = new Set(["post_count_session", "attach_count"]);

const floor = () => document.getElementById("tables");
const parts = () => document.querySelectorAll("[data-follows], [data-follows-commands]");
const hasOneTyping = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

// -- who follows what ---------------------------------------------------------------------------------

function concerns(part, entry) {
  const { follows, followsCommands } = part.dataset;
  if (OF_MANY.has(entry.command)) return true;
  if (follows) return [entry.session_id, entry.table_id].some((id) => id && follows.includes(id));
  const words = entry.command.split("_");
  return !followsCommands || followsCommands.split(" ").some((word) => words.includes(word));
}

// A list that much happens to is drawn at once, and then once a second: nobody reads faster.
const resting = new Map();

function refresh(part) {
  if (resting.has(part)) return resting.set(part, true);
  if (!part.isConnected) return;
  if (hasOneTyping(part)) part.addEventListener("focusout", () => refresh(part), { once: true });
  else htmx.trigger(part, "refresh");
  resting.set(part, false);
  setTimeout(() => {
    const isDue = resting.get(part);
    resting.delete(part);
    if (isDue) refresh(part);
  }, PAUSE_MS);
}

function refreshAll() {
  if (floor()) askForAll();
  parts().forEach(refresh);
}

document.addEventListener("happened", (event) => {
  const entries = event.detail.filter((each) => !OF_PEOPLE.has(each.subject_type));
  for (const part of parts()) if (entries.some((each) => concerns(part, each))) refresh(part);
  if (floor() && entries.length) changed(entries);
});

document.addEventListener("live", refreshAll);
document.addEventListener("visibilitychange", () => document.hidden || refreshAll());
setInterval(() => document.hidden || refreshAll(), TICK_MS);

// -- the floor ----------------------------------------------------------------------------------------

// Only the tables that something happened at are asked for, and each is put in its place. Where one
// came or went, or a search is being answered, the whole list is asked for instead.
let waiting = new Set();
let asked = null;
let isSearching = false;

const filter = () => document.getElementById("filter");
const cardOf = (id) => document.getElementById(`table-${id}`);

function askForAll() {
  waiting.clear();
  htmx.trigger(filter(), "refresh");
}

function changed(entries) {
  if (entries.some((each) => !each.table_id)) return askForAll();
  for (const each of entries) waiting.add(each.table_id);
  askForChanged();
}

function askForChanged() {
  if (!waiting.size || asked || isSearching) return;
  asked = [...waiting];
  waiting = new Set();
  const query = new URLSearchParams(new FormData(filter()));
  for (const id of asked) query.append("table", id);
  htmx.ajax("GET", `${floor().dataset.floor}?${query}`, { source: floor(), target: floor(), swap: "none" });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt !== filter()) return;
  isSearching = true;
  if (asked) htmx.trigger(floor(), "htmx:abort");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig?.elt !== floor() || !asked || event.detail.xhr.status !== 200) return;
  const answer = event.detail.serverResponse;
  const isListed = (id) => answer.includes(`id="table-${id}"`);
  if (asked.every((id) => isListed(id) === Boolean(cardOf(id)))) return;
  event.detail.shouldSwap = false;
  setTimeout(askForAll);
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt === filter()) isSearching = false;
  else if (event.detail.elt === floor()) asked = null;
  else return;
  if (floor()) askForChanged();
});

// -- what is said, marked and kept --------------------------------------------------------------------

function connected(isConnected) {
  const banner = document.querySelector("[data-lost]");
  if (banner) banner.hidden = isConnected;
}

document.addEventListener("htmx:sendError", () => connected(false));
document.addEventListener("htmx:responseError", () => connected(false));
document.addEventListener("htmx:timeout", () => connected(false));
document.addEventListener("htmx:afterOnLoad", () => connected(true));
document.addEventListener("live", () => connected(true));

const figures = (root) =>
  new Map([...root.querySelectorAll("[data-mark]")].map((each) => [each.dataset.mark, each.textContent.trim()]));

// Whoever goes by keyboard stands on a button that is drawn anew with the rest: it is known again by
// its words and where it leads, and by how many like it stand before it.
const FOCUSABLE = "a[href], button, summary, [tabindex]";
const alike = (root, sign) => [...root.querySelectorAll(FOCUSABLE)].filter((each) => signOf(each) === sign);

function signOf(each) {
  return [each.tagName, each.id, each.getAttribute("href"), each.getAttribute("value"), each.textContent.trim()].join(" ");
}

function standsOn(target) {
  const here = document.activeElement;
  if (here === target || !target.contains(here) || !here.matches(FOCUSABLE)) return null;
  const sign = signOf(here);
  return { sign, place: alike(target, sign).indexOf(here) };
}

function keeps(target) {
  const open = [...target.querySelectorAll("details[open][id]")].map((each) => each.id);
  return { figures: figures(target), open, stood: standsOn(target) };
}

function standAgain(root, stood) {
  if (!stood || document.activeElement !== document.body) return;
  const found = alike(root, stood.sign);
  (found[stood.place] ?? found[0])?.focus({ preventScroll: true });
}

function settle(root, kept) {
  standAgain(root, kept.stood);
  for (const id of kept.open) root.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  for (const each of root.querySelectorAll("[data-mark]")) {
    const was = kept.figures.get(each.dataset.mark);
    if (was === undefined || was === each.textContent.trim()) continue;
    each.classList.add("is-changed");
    setTimeout(() => each.classList.remove("is-changed"), 2000);
  }
}

let before = { figures: new Map(), open: [], stood: null };

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  // What a form's answer replaces is not refreshed any more.
  if (target === document.body) parts().forEach((part) => htmx.trigger(part, "htmx:abort"));
  before = keeps(target);
});

document.addEventListener("htmx:afterSwap", (event) => settle(event.detail.target, before));

// A table put in its place by itself: untouched where nothing about it changed.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const next = fragment.firstElementChild;
  if (!next) return;
  event.detail.shouldSwap = !target.isEqualNode(next);
});

// After a form was sent: what is to be put right is brought into sight, else the page's head.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== document.body) return;
  const here = document.activeElement;
  if (here.closest("#form")) here.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
});

// A page shown again from the browser's memory may hold a form whose PINs were typed: empty them.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("[data-secret]").forEach((each) => (each.value = ""));
});
