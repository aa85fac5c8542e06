"use strict";
// Folding menus close when one clicks beside them or presses Escape.
{
  const open = () => document.querySelectorAll(".fold-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });
  document.querySelector(".summary[role=alert]")?.focus();
}
