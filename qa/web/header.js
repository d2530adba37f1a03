// Runs once inside Gradio's HTML component: `element` is its root, `trigger` reaches Python.
// The events used are 'scope' and 'language'.
element.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-report]");
  if (chip) trigger("scope", { report: chip.dataset.report });
  if (event.target.closest("[data-language]")) {
    const zh = document.documentElement.lang !== "en";
    document.documentElement.lang = zh ? "en" : "zh-CN";
    trigger("language", {});
  }
});
element.addEventListener("input", (event) => {
  const box = event.target.closest("[data-filter]");
  if (!box) return;
  const wanted = box.value.trim().toLowerCase().split(/\s+/);
  for (const chip of box.parentElement.querySelectorAll(".chip"))
    chip.hidden = !wanted.every((word) => chip.textContent.toLowerCase().includes(word));
});
document.addEventListener("click", (event) => {
  const all = element.querySelector("details.all[open]");
  if (all && !all.contains(event.target)) all.open = false;
});
document.addEventListener("keydown", (event) => {
  const all = element.querySelector("details.all[open]");
  if (event.key === "Escape" && all) all.open = false;
});
document.documentElement.lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-CN";
