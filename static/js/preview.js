"use strict";
// What is typed appears at once in the preview.
//   <dd data-mirror="goal" data-empty="Not settled yet." data-prefix="At the end we have together ">…</dd>
//   <dd data-mirror="why_3|why_all" data-sentence="You are asked because">…</dd>   the first that is filled in, as one sentence
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
  // as `joined_once` and `full_stop` of the server: “because because” is said once
  const sentence = (beginning, text) => {
    const last = beginning.split(" ").pop().toLowerCase();
    const [first, ...rest] = text.split(" ");
    const once = rest.length && first.toLowerCase() === last ? rest.join(" ") : text;
    return `${beginning} ${once}${/[.!?…]$/.test(once) ? "" : "."}`;
  };
  const tell = () => {
    for (const mirror of mirrors) {
      const names = mirror.dataset.mirror.split("|");
      const name = names.find((each) => value(each)) ?? names[0];
      const text = words(name, value(name));
      const { sentence: beginning, prefix = "", suffix = "" } = mirror.dataset;
      const full = beginning ? sentence(beginning, text) : prefix + text + suffix;
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
// page takes what came back under that name. Nothing is kept by it.
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
        const place = document.querySelector(`[data-live="${CSS.escape(fresh.dataset.live)}"]`);
        place?.replaceChildren(...fresh.childNodes);
      }
    } catch { /* without a connection the text stands as it was */ }
  };
  const soon = (wait) => { clearTimeout(timer); timer = setTimeout(ask, wait); };
  part.addEventListener("input", () => soon(500));
  part.addEventListener("change", () => soon(0));
}
// An empty field says in grey what counts instead: <textarea data-follows="why_all" data-followed="As for all: {}"
// data-otherwise="For example: …">.
for (const field of document.querySelectorAll("[data-follows]:not([data-follows=''])")) {
  const source = field.form?.elements[field.dataset.follows];
  source?.addEventListener("input", () => {
    const text = source.value.trim();
    field.placeholder = text ? field.dataset.followed.replace("{}", text) : field.dataset.otherwise;
  });
}
