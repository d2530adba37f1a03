// Runs once inside Gradio's HTML component: `element` is its root, `trigger` reaches Python,
// `watch` tells of new values. The events used are 'ask', 'cite', 'open' and 'rate'.
let opener = null;
const LINKED = 5; // questions that a shared link asks in turn
const told = document.createElement("div"); // read out by screen readers, outlives each answer
told.className = "sr-only";
told.setAttribute("role", "status");
document.body.append(told);

function copy(text) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  return Promise.resolve();
}
function done(button) {
  const thanks = button.closest(".actions").querySelector(".thanks");
  thanks.textContent = button.dataset.done;
  setTimeout(() => (thanks.textContent = ""), 4000);
}
function link(turn) {
  const turns = [...element.querySelectorAll(".turn")];
  const asked = turns.slice(0, turns.indexOf(turn) + 1).slice(-LINKED);
  const found = new URL(location.pathname, location.origin);
  for (const one of asked) found.searchParams.append("q", one.querySelector("[data-question]").dataset.question);
  const scope = document.querySelector(".chip[aria-pressed=true]");
  if (scope) found.searchParams.set("report", scope.dataset.report);
  if (document.documentElement.lang === "en") found.searchParams.set("lang", "en");
  return found.href;
}
function send(url, button) {
  const touched = matchMedia("(pointer: coarse)").matches;
  if (touched && navigator.share) navigator.share({ url }).catch(() => {}); // closed without sharing
  else copy(url).then(() => done(button));
}
function think(thumb) {
  const card = thumb.closest(".answer");
  const form = card.querySelector(".opinion");
  for (const other of card.querySelectorAll("[data-thumb]"))
    other.setAttribute("aria-pressed", String(other === thumb));
  form.hidden = false;
  form.dataset.rating = thumb.dataset.thumb;
  const box = form.querySelector("textarea");
  box.placeholder = box.dataset[thumb.dataset.thumb];
  box.focus({ preventScroll: true });
  form.scrollIntoView({ block: "center" });
}
function rate(form) {
  const card = form.closest(".answer");
  trigger("rate", { turn: Number(form.dataset.turn), rating: form.dataset.rating, comment: form.querySelector("textarea").value });
  const thumbs = card.querySelectorAll("[data-thumb]");
  card.querySelector(".thanks").textContent = thumbs[0].dataset.thanks;
  thumbs.forEach((thumb) => thumb.remove());
  form.remove();
}
element.addEventListener("click", (event) => {
  const on = (name) => event.target.closest(`[data-${name}]`);
  const ask = on("ask");
  if (ask) trigger("ask", { question: ask.dataset.ask });
  const cite = on("cite");
  if (cite) {
    opener = cite;
    trigger("cite", { turn: Number(cite.dataset.turn), cite: Number(cite.dataset.cite) });
  }
  const copied = on("copy");
  if (copied) copy(copied.dataset.copy).then(() => done(copied));
  const share = on("share");
  if (share) send(link(share.closest(".turn")), share);
  if (on("thumb")) think(on("thumb"));
  if (on("rate")) rate(on("rate").closest(".opinion"));
});
document.addEventListener("juewen-closed", () => opener && opener.focus());
let shown = 0;
watch("value", () => {
  const turns = element.querySelectorAll(".turn");
  const last = turns[turns.length - 1];
  const said = last && last.querySelector(".said");
  if (said && told.textContent !== said.textContent) told.textContent = said.textContent;
  const grown = turns.length > shown;
  shown = turns.length;
  document.dispatchEvent(new Event("juewen-asked"));
  if (!last || !grown) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
});
const opened = new URLSearchParams(location.search);
if (opened.has("q") || opened.has("report") || opened.get("lang") === "en") {
  const language = opened.get("lang") === "en" ? "en" : "zh";
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  setTimeout(() =>
    trigger("open", { questions: opened.getAll("q"), report: opened.get("report") || "", language }),
  );
}
