// Runs once inside Gradio's HTML component: `element` is its root, `trigger` reaches Python,
// `watch` tells of new values. The events used are 'ask' and 'cite'.
let opener = null;
element.addEventListener("click", (event) => {
  const ask = event.target.closest("[data-ask]");
  if (ask) trigger("ask", { question: ask.dataset.ask });
  const cite = event.target.closest("[data-cite]");
  if (cite) {
    opener = cite;
    trigger("cite", { turn: Number(cite.dataset.turn), cite: Number(cite.dataset.cite) });
  }
});
document.addEventListener("juewen-closed", () => opener && opener.focus());
let shown = 0;
watch("value", () => {
  const turns = element.querySelectorAll(".turn");
  const last = turns[turns.length - 1];
  const grown = turns.length > shown;
  shown = turns.length;
  if (!last || !grown) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
});
