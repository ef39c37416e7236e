// Amounts that one touch puts into a field. Without this module they are not shown, and are typed.
function begin() {
  document.querySelectorAll("[data-quick]").forEach((each) => (each.hidden = false));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-quick] [data-amount]");
  if (!button) return;
  const name = button.closest("[data-quick]").dataset.quick;
  const input = button.form.elements.namedItem(name);
  input.value = button.dataset.amount;
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("htmx:afterSettle", begin);
begin();
