"use strict";
// Ticked rows (.sel) inside [data-bulk] show the bar [data-bulk-bar] and count themselves.
{
  const pages = document.querySelectorAll("[data-bulk]");
  for (const page of pages) {
    const bar = page.querySelector("[data-bulk-bar]");
    const count = page.querySelector("[data-bulk-count]");
    const all = page.querySelector("[data-bulk-all]");
    const rows = () => [...page.querySelectorAll("input.sel:not([data-bulk-all])")];
    const show = () => {
      const chosen = rows().filter((row) => row.checked).length;
      bar?.classList.toggle("on", chosen > 0);
      if (count) count.textContent = count.dataset.bulkText.replace("{n}", chosen);
      if (all) {
        all.checked = chosen > 0 && chosen === rows().length;
        all.indeterminate = chosen > 0 && !all.checked;
      }
    };
    page.addEventListener("change", (event) => {
      if (event.target === all) for (const row of rows()) row.checked = all.checked;
      if (event.target.matches("input.sel")) show();
    });
    show();
  }
}
