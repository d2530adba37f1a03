// Building elements. Text from answers and reports enters as text nodes only, never as HTML.
const SVG = "http://www.w3.org/2000/svg";

function h(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== ""));
  return node;
}

const PATHS = {
  close: "M4 4l8 8M12 4l-8 8",
  send: "M8 13V3M3.5 7.5L8 3l4.5 4.5",
  up: "M5 7v6.5M5 7l3-5c1.3 0 1.9.9 1.6 2.2L9 6.5h3.3c.9 0 1.5.8 1.3 1.7l-1 4.2c-.1.6-.7 1.1-1.3 1.1H5M5 7H2.5v6.5H5",
  copy: "M6 5.5h7v8H6zM10 3H3v8h3",
  back: "M10 3L5 8l5 5",
};

function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}

const iconButton = (name, label, onclick, more = {}) =>
  h("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick, ...more }, icon(name));

const thumb = (down, label, onclick) =>
  iconButton("up", label, onclick, { class: down ? "icon down" : "icon", "aria-pressed": "false" });

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const grouped = (value) => String(value).replace(/\d(?=(\d{3})+(?!\d))(?<!\.\d*)/g, "$&,");
