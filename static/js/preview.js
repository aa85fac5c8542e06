"use strict";
// What is typed appears at once in the preview.
//   <dd data-mirror="goal" data-empty="Not settled yet." data-prefix="At the end we have together ">…</dd>
//   with data-sentence it ends in a full stop and says no word of the prefix twice, as the mail does
//   <dd data-mirror="why_3|why_all">…</dd>   of several the first that is filled in
//   <p data-when="influence=consult" hidden>…</p>   <p data-when="influence=">nothing chosen yet</p>
{
  const mirrors = document.querySelectorAll("[data-mirror]");
  const parts = document.querySelectorAll("[data-when]");
  const value = (name) => {
    const controls = [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    const first = controls[0];
    if (!first) return "";
    if (["radio", "checkbox"].includes(first.type)) return controls.find((one) => one.checked)?.value ?? "";
    return first.value.trim();
  };
  const words = (name, text) => {
    const control = document.querySelector(`[name="${CSS.escape(name)}"]`);
    if (!text || !control) return text;
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    if (control.type === "date") {
      const day = new Date(`${text}T12:00:00`);
      const say = (form) => new Intl.DateTimeFormat(language, form).format(day).replace(",", "");
      return say({ weekday: "long", day: "numeric", month: "long" });
    }
    if (control.tagName === "SELECT") return control.selectedOptions[0]?.textContent.trim() ?? text;
    return text;
  };
  const sentence = (prefix, text) => {
    const [first, ...rest] = text.split(" ");
    const isTwice = rest.length && first.toLowerCase() === prefix.trim().split(" ").at(-1).toLowerCase();
    const said = prefix + (isTwice ? rest.join(" ") : text);
    return /[.!?…]$/.test(said) ? said : `${said}.`;
  };
  const tell = () => {
    for (const mirror of mirrors) {
      const names = mirror.dataset.mirror.split("|");
      const name = names.find((each) => value(each)) ?? names[0];
      const text = words(name, value(name));
      const { prefix = "", suffix = "" } = mirror.dataset;
      const full = "sentence" in mirror.dataset ? sentence(prefix, text) : prefix + text + suffix;
      const shown = text ? full : mirror.dataset.empty ?? "";
      if (mirror.textContent !== shown) mirror.textContent = shown;
      mirror.classList.toggle("notyet", !text && "empty" in mirror.dataset);
    }
    for (const part of parts) {
      const [name, wanted] = part.dataset.when.split("=");
      part.hidden = !wanted.split("|").includes(value(name));
    }
  };
  if (mirrors.length || parts.length) {
    document.addEventListener("input", tell);
    document.addEventListener("change", tell);
    document.addEventListener("focusin", (event) => {
      for (const mirror of mirrors) mirror.classList.toggle("being-typed", mirror.dataset.mirror.split("|").includes(event.target.name));
    });
    tell();
  }
}
// What only the server can word: a form part [data-live-url] is sent as it stands, and every [data-live="name"] of the
// page takes what came back under that name. Nothing is kept by it. A [data-live-value="field"] is a value we propose:
// that field takes it while it is empty or still holds what was proposed before.
const says = (one, other) => {
  const [ours, theirs] = [[...one.childNodes], [...other.childNodes]];
  return ours.length === theirs.length && ours.every((node, index) => node.isEqualNode(theirs[index]));
};
for (const part of document.querySelectorAll("[data-live-url]")) {
  const form = part.closest("form");
  let timer = 0, asked = 0;
  const ask = async () => {
    const turn = ++asked;
    try {
      const answer = await fetch(part.dataset.liveUrl, { method: "POST", body: new FormData(form), redirect: "error" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || turn !== asked) return;
      for (const fresh of page.querySelectorAll("[data-live]")) {
        for (const place of document.querySelectorAll(`[data-live="${CSS.escape(fresh.dataset.live)}"]`)) {
          // the same words anew would be read aloud again, and take the focus from a button among them
          if (!says(place, fresh)) place.replaceChildren(...fresh.cloneNode(true).childNodes);
        }
      }
      for (const fresh of page.querySelectorAll("[data-live-value]")) {
        const control = form.elements[fresh.dataset.liveValue];
        const isOurs = !control.value || control.value === control.dataset.proposed;
        if (!isOurs || control.value === fresh.value) continue;
        control.value = control.dataset.proposed = fresh.value;
        soon(0);
      }
    } catch { /* without a connection the text stands as it was */ }
  };
  const soon = (wait) => { clearTimeout(timer); timer = setTimeout(ask, wait); };
  part.addEventListener("input", () => soon(500));
  part.addEventListener("change", () => soon(0));
}
// A day we propose is taken by pressing it: <button type="button" data-take="report_by" value="2027-03-17">. The button
// may go with its sentence, so the field that took the day has the focus.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (!button) return;
  const field = button.form.elements[button.dataset.take];
  field.value = button.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
});
// An empty field says in grey what counts instead: <textarea data-follows="why_all" data-followed="As for all: {}"
// data-otherwise="For example: …">.
for (const field of document.querySelectorAll("[data-follows]:not([data-follows=''])")) {
  const source = field.form?.elements[field.dataset.follows];
  source?.addEventListener("input", () => {
    const text = source.value.trim();
    field.placeholder = text ? field.dataset.followed.replace("{}", text) : field.dataset.otherwise;
  });
}
