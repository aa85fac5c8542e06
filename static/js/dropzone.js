"use strict";
// A file dragged onto [data-drop] lands in its input; [data-drop-name] shows what was chosen.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.matches("input") ? zone : zone.querySelector("input[type=file]");
  const name = zone.querySelector("[data-drop-name]");
  if (!input) continue;
  const over = (on) => zone.classList.toggle("over", on);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => { event.preventDefault(); over(true); });
  }
  zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) over(false); });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    if (name && input.files.length) name.textContent = [...input.files].map((file) => file.name).join(", ");
  });
}
