// The button, the panel and its drawer, and who has the focus.
class Widget {
  #script;
  #service;
  #language;
  #turns = []; // {question, answer, problem}: drawn anew when the language changes
  #root;
  #button;
  #panel = null;
  #opener = null;
  #busy = false;

  constructor(script) {
    this.#script = script.dataset;
    const reports = (this.#script.reports ?? "").split(",").filter(Boolean);
    this.#service = new Service(new URL(script.src).origin, reports);
    this.#language = languageOf(this.#script.language);
    const host = h("juewen-widget", { "data-side": this.#script.side === "left" ? "left" : "right" });
    this.#root = host.attachShadow({ mode: "open" });
    dress(this.#root);
    follow(host, this.#script.theme);
    this.#button = h(
      "button",
      { type: "button", class: "launch", "aria-expanded": "false", onclick: () => this.#toggle() },
      h("span", { class: "seal", "aria-hidden": "true" }, "决问"),
      h("span", {}, this.#w.launch),
    );
    this.#root.append(this.#button);
    document.body.append(host);
  }

  get #w() {
    return WORDS[this.#language];
  }

  #toggle() {
    if (this.#panel) this.#close();
    else this.#open();
  }

  #open() {
    this.#draw();
    this.#button.setAttribute("aria-expanded", "true");
    this.#panel.querySelector("textarea").focus();
    this.#service.warm();
  }

  #close() {
    this.#panel.remove();
    this.#panel = null;
    this.#button.setAttribute("aria-expanded", "false");
    this.#button.focus();
  }

  // The whole panel in the chosen language.
  #draw() {
    const w = this.#w;
    this.#panel?.remove();
    this.#panel = h(
      "section",
      { class: "panel", role: "dialog", "aria-label": w.name, lang: w.lang },
      this.#header(),
      h("div", { class: "thread", role: "log", "aria-live": "polite", tabindex: "0", "aria-label": w.name }),
      this.#composer(),
    );
    this.#panel.addEventListener("keydown", (event) => this.#key(event));
    this.#root.append(this.#panel);
    this.#button.lastChild.textContent = w.launch;
    if (this.#turns.length) this.#turns.forEach((turn) => this.#redraw(turn));
    else this.#thread.append(this.#welcome());
  }

  get #thread() {
    return this.#panel.querySelector(".thread");
  }

  #header() {
    const w = this.#w;
    return h(
      "header",
      {},
      h("span", { class: "seal", "aria-hidden": "true" }, "决问"),
      h("div", {}, h("h2", {}, this.#script.title || w.name), h("p", {}, w.tagline)),
      h("button", { type: "button", class: "language", onclick: () => this.#translate() }, w.other_language),
      iconButton("close", w.close, () => this.#close()),
    );
  }

  #welcome() {
    const w = this.#w;
    return h(
      "div",
      { class: "welcome" },
      h("h3", { class: "hello" }, w.welcome),
      h("p", {}, w.promise),
      h("nav", { class: "next", "aria-label": w.try_asking }, w.examples.map((text) => askButton(text, (q) => this.#ask(q)))),
    );
  }

  #composer() {
    const w = this.#w;
    const box = h("textarea", { rows: "1", maxlength: LIMIT, placeholder: w.ask, "aria-label": w.ask });
    const form = h("form", { class: "composer" }, box, h("button", { class: "send", "aria-label": w.send, title: w.send }, icon("send")));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const question = box.value.trim();
      if (!question || this.#busy) return;
      box.value = "";
      this.#ask(question);
    });
    return form;
  }

  #translate() {
    if (this.#busy) return;
    this.#language = this.#language === "zh" ? "en" : "zh";
    this.#draw();
    this.#panel.querySelector(".language").focus();
  }

  #newTurn(question) {
    const turn = new Turn(question, this.#w, {
      ask: (next) => this.#ask(next),
      open: (citation, from) => this.#cite(citation, from),
      rate: (answer, rating, comment) =>
        this.#service.feedback(answer, rating, comment).then(
          () => true,
          () => false,
        ),
    });
    this.#thread.append(turn.element);
    return turn;
  }

  // An answer that was given before, in the words of the language now chosen.
  async #redraw({ question, pieces, answer, problem }) {
    const turn = this.#newTurn(question);
    if (problem) {
      turn.fail(this.#told(problem));
      return;
    }
    for (const piece of pieces) turn.add({ name: "piece", data: piece });
    turn.dress(answer.numbers);
    turn.finish(answer);
  }

  async #ask(question) {
    if (this.#busy) return;
    this.#busy = true;
    this.#panel.querySelector(".welcome")?.remove();
    const past = { question, pieces: [], answer: null, problem: null };
    const turn = this.#newTurn(question);
    turn.element.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
    try {
      for await (const event of this.#service.ask(question)) {
        if (event.name === "piece") past.pieces.push(event.data);
        if (event.name === "numbers") turn.dress(event.data);
        if (event.name === "done") past.answer = event.data;
        await turn.add(event);
      }
      this.#follow(turn, past);
    } catch (error) {
      past.problem = error;
      turn.fail(this.#told(error), () => this.#again(turn, past));
    }
    this.#turns.push(past);
    this.#busy = false;
  }

  async #follow(turn, past) {
    const { id, status, suggestions } = past.answer;
    if (status !== "answered" || suggestions.length) return;
    const questions = await this.#service.next(id).catch(() => []);
    past.answer = { ...past.answer, suggestions: questions };
    turn.suggest(questions);
  }

  #again(turn, past) {
    turn.element.remove();
    this.#turns = this.#turns.filter((other) => other !== past);
    this.#ask(past.question);
  }

  #told(error) {
    const w = this.#w;
    if (error.code === "origin_not_allowed" || error instanceof TypeError) return w.unreachable;
    if (error.code === "too_many_requests") return filled(w.slower, { seconds: error.retryAfter ?? 60 });
    if (error.code === "question_too_long") return filled(w.too_long, { limit: LIMIT });
    return error.code === "busy" || error.code === "slow" ? w.busy : w.failed;
  }

  async #cite(citation, from) {
    const w = this.#w;
    this.#shut();
    this.#opener = from;
    const body = h("div", { class: "original" }, waiting(w));
    const drawer = h(
      "div",
      { class: "drawer", role: "dialog", "aria-label": `${w.sources}: ${address(citation)}`, tabindex: "-1" },
      h(
        "header",
        {},
        iconButton("back", w.back, () => this.#shut(true)),
        h("div", {}, h("h2", {}, citation.title), h("p", {}, pageOf(citation.page, w))),
      ),
      body,
    );
    this.#panel.append(drawer);
    this.#panel.classList.add("wide");
    drawer.focus();
    await this.#show(citation, body);
  }

  async #show(citation, body) {
    try {
      const original = await this.#service.source(citation);
      const crumbs = h("ol", { class: "crumbs" }, original.path.map((part) => h("li", {}, part)));
      body.replaceChildren(crumbs, ...originalView(original, this.#w));
      body.querySelector(".target")?.scrollIntoView({ block: "center", inline: "center" });
    } catch (error) {
      body.replaceChildren(h("p", { class: "trouble", role: "alert" }, error.code?.startsWith("unknown") ? this.#w.not_found : this.#told(error)));
    }
  }

  #shut(returning) {
    const drawer = this.#panel.querySelector(".drawer");
    drawer?.remove();
    this.#panel.classList.remove("wide");
    if (drawer && returning) this.#opener?.focus();
  }

  #key(event) {
    event.stopPropagation(); // what is typed here is not for the page's own shortcuts
    const drawer = this.#panel.querySelector(".drawer");
    if (event.key === "Escape") drawer ? this.#shut(true) : this.#close();
    if (event.key === "Tab") keepInside(event, drawer ?? this.#panel, this.#root);
  }
}

// Focus goes round within what is on top: the drawer, or the panel where it covers the screen.
function keepInside(event, within, root) {
  if (!within.matches(".drawer") && !matchMedia("(max-width: 40rem)").matches) return;
  const stops = [...within.querySelectorAll("button, textarea, summary, [tabindex='0']")].filter((stop) => stop.offsetParent);
  const [first, last] = [stops[0], stops.at(-1)];
  const from = root.activeElement;
  if (event.shiftKey ? from === first || from === within : from === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

function languageOf(wanted) {
  const said = wanted || document.documentElement.lang || navigator.language;
  return said.toLowerCase().startsWith("en") ? "en" : "zh";
}

// Styles enter by the object model, so that a strict policy of the page need not allow them.
function dress(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
}

function follow(host, wanted) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => host.setAttribute("data-theme", wanted || (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", set);
  set();
}

// A script that another script adds is not the current one.
const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
const start = () => document.querySelector("juewen-widget") ?? new Widget(script);
if (document.body) start();
else document.addEventListener("DOMContentLoaded", start);
