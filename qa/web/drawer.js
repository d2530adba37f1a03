// Runs once inside Gradio's HTML component: `element` is its root, `watch` tells of new values.
function close() {
  const drawer = element.querySelector(".drawer.open");
  if (!drawer) return;
  drawer.classList.remove("open");
  document.dispatchEvent(new Event("juewen-closed"));
}
element.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
watch("value", () => {
  const drawer = element.querySelector(".drawer");
  if (!drawer) return;
  drawer.focus({ preventScroll: true });
  const cited = drawer.querySelector("#cited");
  if (cited) cited.scrollIntoView({ block: "center", inline: "nearest" });
});
