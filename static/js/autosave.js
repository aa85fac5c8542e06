"use strict";
// Every form[data-autosave-url] posts what is typed about a second after the last key. The server keeps it as a
// private draft and answers 2xx (saved), 409 (somebody else saved meanwhile) or 422 (not to be kept). Without a
// connection it keeps trying; the words come from data attributes, in the language of the page.
for (const form of document.querySelectorAll("form[data-autosave-url]")) {
  const place = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  const words = form.dataset;
  let timer = 0, pause = 1000, dirty = false, busy = false, stopped = false;

  const say = (text, state) => {
    if (!place) return;
    if (place.textContent !== text) place.textContent = text ?? "";
    place.dataset.state = state;
  };
  const clock = () => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date());
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(send, wait); };

  // only what was touched in this tab: another tab's words are not wiped by fields that stand still here
  const names = new Set(["version", "csrfmiddlewaretoken"]);
  const typed = () => {
    const all = new FormData(form), data = new FormData();
    for (const name of names) {
      const values = all.getAll(name).filter((value) => !(value instanceof File));
      for (const value of values.length ? values : [""]) data.append(name, value);
    }
    return data;
  };

  async function send() {
    if (busy || stopped || !dirty) return;
    busy = true;
    dirty = false;
    say(words.savingText, "saving");
    try {
      const token = form.elements.csrfmiddlewaretoken?.value ?? "";
      const answer = await fetch(words.autosaveUrl, {
        method: "POST", body: typed(), credentials: "same-origin", redirect: "error",
        headers: { "X-CSRFToken": token, "X-Requested-With": "fetch", Accept: "application/json" },
      });
      if (answer.ok) {
        pause = 1000;
        say((words.savedText ?? "").replace("{time}", clock()), "saved");
      } else if (answer.status === 409) {
        stopped = true;
        say(words.conflictText, "conflict");
      } else if (answer.status >= 500) {
        throw new Error(String(answer.status));
      } else {
        say(words.refusedText, "refused");
      }
    } catch {
      dirty = true;
      pause = Math.min(pause * 2, 30000);
      say(words.offlineText, "offline");
    }
    busy = false;
    if (dirty) later(pause);
  }

  const touched = (event) => {
    if (stopped || event.target.type === "file" || event.target.matches(".sel, [data-no-autosave]")) return;
    if (event.target.name) names.add(event.target.name);
    dirty = true;
    later(pause);
  };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
  addEventListener("online", () => later(0));
  addEventListener("pagehide", () => {
    if (dirty && !stopped) navigator.sendBeacon?.(words.autosaveUrl, typed());
  });
  addEventListener("pageshow", (event) => { if (event.persisted) stopped = false; });

  // leaving by a link of the road, Back or Later saves for real first: a draft alone is not in the invitation
  const road = document.querySelector(".road[data-saves]");
  const leave = (event) => {
    const link = event.target.closest(".road a, .bar a.later, .dock a");
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const isTouched = names.size > 2 || road.dataset.saves === "kept";
    if (!link || !isPlain || !isTouched || link.origin !== location.origin) return;
    event.preventDefault();
    const to = Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: link.pathname });
    form.append(to);
    form.requestSubmit();
    to.remove();
  };
  if (road) document.addEventListener("click", leave);
}
