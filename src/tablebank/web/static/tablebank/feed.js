// The page's one line to the journal. It says here where something happened, as `happened` events on
// the document, a few together; that the line is up again after it was down, as `live`; and on the
// page's stamp since when it is not. A page nobody sees keeps no line: a browser has few of them.
const SILENT_MS = 25_000;
const COLLECT_MS = 60;
const AGAIN_MS = [500, 8000];

let source = null;
let last = null;
let heardAt = 0;
let isUp = true;
let tries = 0;
let again;
let collecting;
let entries = [];
let clock = null;

const stamp = () => document.querySelector("[data-live]");

function open() {
  clearTimeout(again);
  if (source || document.hidden || !stamp()) return;
  last ??= Number(stamp().dataset.after);
  source = new EventSource(`${stamp().dataset.feed}?after=${last}`);
  heardAt = performance.now();
  source.addEventListener("beat", heard);
  source.addEventListener("entry", told);
  source.addEventListener("again", () => {
    close();
    open();
  });
  source.addEventListener("error", broken);
}

function close() {
  source?.close();
  source = null;
}

function broken() {
  close();
  show(false);
  const after = Math.min(AGAIN_MS[0] * 2 ** tries++, AGAIN_MS[1]);
  clearTimeout(again);
  again = setTimeout(open, after * (0.5 + Math.random()));
}

function heard() {
  heardAt = performance.now();
  tries = 0;
  const wasDown = !isUp;
  show(true);
  tick();
  if (wasDown) document.dispatchEvent(new Event("live"));
}

function told(event) {
  last = Number(event.lastEventId);
  entries.push(JSON.parse(event.data));
  heard();
  collecting ??= setTimeout(tell, COLLECT_MS);
}

function tell() {
  collecting = null;
  const detail = entries;
  entries = [];
  document.dispatchEvent(new CustomEvent("happened", { detail }));
}

function show(up) {
  isUp = up;
  const here = stamp();
  if (!here || here.classList.contains("is-lost") === !up) return;
  const word = here.querySelector("[data-live-word]");
  here.classList.toggle("is-lost", !up);
  word.textContent = up ? word.dataset.whileLive : word.dataset.whenLost;
  here.querySelector("[data-live-mark]").textContent = up ? "●" : "▲";
}

// The casino's clock goes on with each sign of life, and stands still without one. A simulated casino
// has a clock of its own: that one moves with what is refreshed.
function tick() {
  const shown = document.getElementById("clock");
  if (!shown) return;
  const given = shown.getAttribute("datetime");
  if (clock?.shown !== shown) clock = { shown, given, at: performance.now() };
  if (!stamp() || "simulated" in stamp().dataset) return;
  const zone = clock.given.slice(19);
  const now = new Date(Date.parse(`${clock.given.slice(0, 19)}Z`) + performance.now() - clock.at);
  const local = now.toISOString().slice(0, 19);
  shown.setAttribute("datetime", local + zone);
  shown.textContent = local.slice(11);
}

setInterval(() => {
  if (source && performance.now() - heardAt > SILENT_MS) broken();
}, 5000);

document.addEventListener("visibilitychange", () => {
  if (document.hidden) close();
  else open();
});
addEventListener("offline", () => {
  if (!stamp()) return;
  broken();
  clearTimeout(again);
});
addEventListener("online", open);
addEventListener("pagehide", close);
addEventListener("pageshow", open);

// A form's answer is a new page in the same document: the line stays, its stamp is a new one.
document.addEventListener("htmx:afterSettle", () => {
  if (!stamp()) return;
  if (isUp) tick();
  else show(false);
  open();
});

tick();
open();
