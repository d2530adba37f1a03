// Runs once inside Gradio's HTML component: `element` is its root, `trigger` reaches Python.
// The events used are 'place', 'settle', 'turn' and 'cite'.
let opener = null;
element.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-event]");
  if (pressed) {
    opener = pressed;
    trigger(pressed.dataset.event, { ...pressed.dataset });
  }
  const cite = event.target.closest("[data-cite]");
  if (cite) {
    opener = cite;
    trigger("cite", { cite: cite.dataset.cite });
  }
  const heading = event.target.closest("[data-heading]");
  if (heading) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const target = element.querySelector(`#section-${heading.dataset.heading}`);
    target.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    target.focus({ preventScroll: true });
  }
});
document.addEventListener("juewen-closed", () => opener && opener.isConnected && opener.focus());
