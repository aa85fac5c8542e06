"use strict";
// A select of a placed party inside [data-moves] that no longer stands as the page came shows the bar
// [data-moves-bar], which counts. Who has no group yet has a button of its own.
for (const place of document.querySelectorAll("[data-moves]")) {
  const bar = place.querySelector("[data-moves-bar]");
  const count = place.querySelector("[data-moves-count]");
  const began = new Map();
  const ours = (select) => select.matches(".group:not(.unplaced) .parties select");
  for (const select of place.querySelectorAll("select")) if (ours(select)) began.set(select, select.value);
  const show = () => {
    const changed = [...began].filter(([select, value]) => select.value !== value).length;
    for (const [select, value] of began) select.classList.toggle("changed", select.value !== value);
    bar.classList.toggle("on", changed > 0);
    count.textContent = (changed === 1 ? count.dataset.one : count.dataset.many).replace("{n}", changed);
  };
  place.addEventListener("change", show);
  show();
}
