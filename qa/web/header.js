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
document.documentElement.lang = "zh-CN";
