// A chip's colour is typed by name or as #rrggbb; where a script runs it can be picked too, and the disc
// beside it follows what is typed.
const parts = (root) => ["disc", "text", "pick"].map((name) => root.querySelector(`[data-colour-${name}]`));

function follow(root) {
  const [disc, text, pick] = parts(root);
  const typed = text.value.trim();
  const known = typed && CSS.supports("color", typed);
  disc.setAttribute("fill", known ? typed : "none");
  if (/^#[0-9a-f]{6}$/i.test(typed)) pick.value = typed;
}

function begin() {
  for (const root of document.querySelectorAll("[data-colour]")) {
    const [, text, pick] = parts(root);
    pick.hidden = false;
    if (root.dataset.colour) continue;
    root.dataset.colour = "on";
    text.addEventListener("input", () => follow(root));
    pick.addEventListener("input", () => {
      text.value = pick.value;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    follow(root);
  }
}

document.addEventListener("htmx:afterSettle", begin);
begin();
