// What the pages do beside htmx: say when the connection is lost, mark what changed, keep what was
// opened open. Nothing here knows a rule.
const lost = () => document.querySelector("[data-lost]");
const live = () => document.querySelector("[data-live]");

function connected(isConnected) {
  const banner = lost();
  if (banner) banner.hidden = isConnected;
  const word = live()?.querySelector("[data-live-word]");
  if (!word) return;
  live().classList.toggle("is-lost", !isConnected);
  word.textContent = isConnected ? "Live" : "Not live since";
}

document.addEventListener("htmx:sendError", () => connected(false));
document.addEventListener("htmx:responseError", () => connected(false));
document.addEventListener("htmx:timeout", () => connected(false));
document.addEventListener("htmx:afterOnLoad", () => connected(true));

const figures = (root) =>
  new Map([...root.querySelectorAll("[data-mark]")].map((each) => [each.dataset.mark, each]));

let before = new Map();
let opened = new Set();

document.addEventListener("htmx:beforeSwap", (event) => {
  const target = event.detail.target;
  before = new Map([...figures(target)].map(([name, each]) => [name, each.textContent.trim()]));
  opened = new Set([...target.querySelectorAll("details[open][id]")].map((each) => each.id));
});

document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.target;
  for (const id of opened) target.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  for (const [name, each] of figures(target)) {
    if (!before.has(name) || before.get(name) === each.textContent.trim()) continue;
    each.classList.add("is-changed");
    setTimeout(() => each.classList.remove("is-changed"), 2000);
  }
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
