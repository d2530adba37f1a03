// Runs once inside Gradio's HTML component: `element` is its root, `trigger` reaches Python,
// `watch` tells of new values. The event used is 'ask'.
element.addEventListener("click", (event) => {
  const ask = event.target.closest("[data-ask]");
  if (ask) trigger("ask", { question: ask.dataset.ask });
});
function fit() {
  const next = element.querySelector("[data-turns]");
  const turns = document.querySelectorAll("#thread .turn").length;
  if (next) next.hidden = Number(next.dataset.turns) !== turns;
}
watch("value", fit);
document.addEventListener("juewen-asked", fit);
