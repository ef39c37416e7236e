// What was typed into a form outlives a reload and a lost connection: it is kept in this tab, for this
// person and this form, until what it asked for was done. With it goes the form's key, so that a form
// whose answer was lost has one effect when it is sent again. Nothing that signs is ever kept.
const PREFIX = "tablebank:draft:";
const LONGEST_MS = 12 * 60 * 60 * 1000;

const formsIn = (root) => root.querySelectorAll("form[data-draft]");
const nameOf = (form) => `${PREFIX}${form.dataset.draft}:${form.dataset.draftAt}`;

function isKept(field) {
  const never = ["password", "hidden", "file"].includes(field.type) || "secret" in field.dataset;
  return field.name && !never && !field.name.startsWith("sign:") && field.tagName !== "BUTTON";
}

const fieldsOf = (form) => [...form.elements].filter(isKept);
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const stands = (field) => (isTicked(field) ? field.checked : field.value);
// One of several that share a name is known by its value too.
const keyOf = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);

function atFirst(field) {
  if (isTicked(field)) return field.defaultChecked;
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((each) => each.defaultSelected) ?? field.options[0])?.value;
}

// A browser that keeps nothing (a private window, a full disk) is no reason for a form not to work.
function storing(doing) {
  try {
    return doing(sessionStorage);
  } catch {
    return null;
  }
}

function keep(form) {
  const sentBefore = "kept" in form.dataset;
  const typed = fieldsOf(form).filter((each) => stands(each) !== atFirst(each) || (sentBefore && stands(each)));
  const values = Object.fromEntries(typed.map((each) => [keyOf(each), stands(each)]));
  if (!typed.length) return forget(nameOf(form));
  const clock = document.getElementById("clock")?.textContent ?? "";
  const draft = { at: Date.now(), clock, key: form.elements.key.value, values };
  storing((store) => store.setItem(nameOf(form), JSON.stringify(draft)));
}

const forget = (name) => storing((store) => store.removeItem(name));

function kept(form) {
  const draft = storing((store) => JSON.parse(store.getItem(nameOf(form))));
  return draft && Date.now() - draft.at < LONGEST_MS ? draft : null;
}

function restore(form) {
  const draft = kept(form);
  if (!draft) return;
  const fields = fieldsOf(form).filter((each) => keyOf(each) in draft.values);
  for (const field of fields) {
    if (isTicked(field)) field.checked = draft.values[keyOf(field)];
    else field.value = draft.values[keyOf(field)];
    if (stands(field) !== atFirst(field)) field.closest("details")?.setAttribute("open", "");
  }
  if (!fields.length) return;
  form.elements.key.value = draft.key;
  form.dispatchEvent(new Event("restored", { bubbles: true }));
  const said = form.querySelector("[data-restored]");
  const at = said.querySelector("[data-restored-at]");
  at.textContent = draft.clock && at.dataset.restoredAt.replace("{time}", draft.clock);
  said.hidden = false;
}

function begin(root) {
  for (const form of formsIn(root)) {
    if (form.dataset.draftAt) continue;
    form.dataset.draftAt = location.pathname;
    if ("kept" in form.dataset) keep(form);
    else restore(form);
  }
}

function typedIn(event) {
  const form = event.target.closest?.("form[data-draft]");
  if (form?.dataset.draftAt) keep(form);
}

document.addEventListener("input", typedIn);
document.addEventListener("change", typedIn);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-draft-clear]");
  if (!button) return;
  forget(nameOf(button.form));
  location.reload();
});

// Answered with another page: it was done. Refused, the form comes back and what was typed stays.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, xhr } = event.detail;
  const form = requestConfig?.elt;
  if (form?.dataset?.draftAt && requestConfig.verb === "post" && xhr.status < 400) forget(nameOf(form));
});

// Whoever signs out leaves nothing behind for the next person at this tablet.
document.addEventListener("submit", (event) => {
  if (!event.target.matches('form[action$="/sign-out"]')) return;
  storing((store) => {
    const names = Object.keys(store).filter((each) => each.startsWith(PREFIX));
    names.forEach((each) => store.removeItem(each));
  });
});

document.addEventListener("htmx:afterSettle", () => begin(document));
begin(document);
