// "When did it happen?" is closed and empty: now. Opened, it begins at the casino's clock; closed
// again untouched, it is now once more, and otherwise its summary says what was typed.
const field = (details) => details.querySelector("input");

function casinoClock() {
  const clock = document.getElementById("clock");
  return clock ? clock.getAttribute("datetime").slice(0, 19) : "";
}

function opened(details) {
  const input = field(details);
  if (input.value) return;
  input.value = casinoClock();
  details.dataset.began = input.value;
}

function closed(details) {
  const input = field(details);
  if (input.value === details.dataset.began) input.value = "";
  details.querySelector("[data-when-said]").textContent = input.value
    ? input.value.replace("T", " ")
    : details.dataset.now;
}

// The toggle event does not bubble: it is caught on its way down.
document.addEventListener(
  "toggle",
  (event) => {
    const details = event.target;
    if (!details.matches?.("[data-when]")) return;
    if (details.open) opened(details);
    else closed(details);
  },
  true,
);
