// A form is printed as it stands; the browser asks where.
document.querySelector("[data-print]").addEventListener("click", () => print());
