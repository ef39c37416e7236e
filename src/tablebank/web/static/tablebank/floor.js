// Finding a table by keyboard: "/" begins to search, Enter goes to the first one found.
document.addEventListener("keydown", (event) => {
  const find = document.getElementById("find");
  if (!find) return;
  const typing = event.target.closest?.("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    find.focus();
    find.select();
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "filter") return;
  event.preventDefault();
  document.querySelector("#tables .card-code")?.click();
});
