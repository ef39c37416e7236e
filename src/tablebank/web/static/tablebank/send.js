// A form whose answer did not come is sent again by itself, under the same key, until the server has
// answered it: it has one effect, however often it arrived. Until then what was typed stays as it is,
// the PINs too, and nobody can change it unknowingly: to change it, one stops the sending first.
const FIRST_MS = 1000;
const LONGEST_MS = 8000;
const SLOW_MS = 3000;
const NOT_ANSWERED = new Set([0, 502, 503, 504]);

let waiting = null;
let pressed = null;

const barOf = (form) => form.querySelector("[data-unsent]");
const isOurs = (form) => form?.matches?.("form") && barOf(form);

function say(form, word) {
  const bar = barOf(form);
  for (const each of bar.querySelectorAll("[data-unsent-word]")) each.hidden = each.dataset.unsentWord !== word;
  bar.hidden = !word;
}

function hold(form, isHeld) {
  for (const each of form.children) if (each !== barOf(form)) each.inert = isHeld;
}

function later(form) {
  if (!waiting) waiting = { form, after: FIRST_MS, pressed };
  hold(form, true);
  say(form, "lost");
  if (!form.contains(document.activeElement)) barOf(form).querySelector("button").focus();
  clearTimeout(waiting.timer);
  waiting.timer = setTimeout(again, waiting.after);
  waiting.after = Math.min(waiting.after * 2, LONGEST_MS);
}

// Which button was pressed is part of what is sent; nobody presses it again.
function carry(form, button) {
  form.querySelector("[data-carried]")?.remove();
  if (!button?.name) return;
  const carried = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
  carried.dataset.carried = "";
  form.append(carried);
}

function again() {
  if (!waiting) return;
  clearTimeout(waiting.timer);
  if (!waiting.form.isConnected) {
    waiting = null;
    return;
  }
  carry(waiting.form, waiting.pressed);
  waiting.form.requestSubmit(waiting.pressed);
}

// What is on its way is not waited for any more; if it arrived, the key keeps it at one effect.
function stop(form) {
  clearTimeout(waiting?.timer);
  clearTimeout(slow);
  waiting = null;
  htmx.trigger(form, "htmx:abort");
  carry(form, null);
  hold(form, false);
  say(form, "");
  form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

document.addEventListener("submit", (event) => {
  if (!waiting) pressed = event.submitter;
}, true);

let slow;

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (!isOurs(form)) return;
  clearTimeout(slow);
  slow = setTimeout(() => say(form, "slow"), waiting ? LONGEST_MS : SLOW_MS);
});

document.addEventListener("htmx:afterRequest", () => clearTimeout(slow));

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    if (isOurs(event.detail.elt)) later(event.detail.elt);
  });
}

// A server that is there but cannot answer now is a lost connection too: the form is not drawn anew,
// so that nobody types a PIN twice for it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = event.detail.requestConfig?.elt;
  if (!isOurs(form)) return;
  const { status } = event.detail.xhr;
  // What failed says so in the form's place; what was typed is kept as for any other no.
  if (status >= 500 && !NOT_ANSWERED.has(status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  if (NOT_ANSWERED.has(status)) {
    event.detail.shouldSwap = false;
    later(form);
  } else if (waiting?.form === form) {
    clearTimeout(waiting.timer);
    waiting = null;
    hold(form, false);
    say(form, "");
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-unsent-stop]");
  if (button) stop(button.form);
});
addEventListener("online", again);
document.addEventListener("live", again);
