// One turn of the conversation: the question, the answer as it streams in, and what stands below it.
class Turn {
  #w;
  #does;
  #said = h("div", { class: "said" });
  #note = h("div", { class: "note", role: "status" });
  #answer = null;
  #figures = [];
  #card;

  // `does` are what a turn can ask of the panel: ask(question), open(citation, from), rate(…), told.
  constructor(question, w, does) {
    this.#w = w;
    this.#does = does;
    this.#card = h("article", { class: "answer", "aria-busy": "true" }, waiting(w));
    this.element = h(
      "div",
      { class: "turn" },
      h("p", { class: "asked" }, h("span", { class: "unseen" }, `${w.you}: `), question),
      this.#card,
    );
  }

  async add(event) {
    if (event.name === "piece") await this.#piece(event.data);
    if (event.name === "done") this.finish(event.data);
  }

  // Everything below the text, once it is known.
  finish(answer) {
    const w = this.#w;
    this.#answer = answer;
    this.#begin();
    this.#card.classList.add(answer.status);
    if (answer.status === "refused") this.#said.before(h("p", { class: "state" }, w.unanswered));
    this.#card.append(
      ...[this.#derivation(), this.#sources(), this.#suggestions(), this.#opinion()].filter(Boolean),
    );
    this.#card.removeAttribute("aria-busy");
  }

  fail(text, again) {
    const retry = again && h("button", { type: "button", class: "plain", onclick: again }, this.#w.retry);
    this.#card.replaceChildren(h("p", { class: "trouble", role: "alert" }, text), retry || "");
    this.#card.removeAttribute("aria-busy");
  }

  #begin() {
    if (!this.#said.isConnected) this.#card.replaceChildren(this.#said, this.#note);
  }

  async #piece({ text, number, source }) {
    this.#begin();
    let node = document.createTextNode(text);
    if (source != null) node = this.#mark(source);
    else if (number != null) node = this.#figure(text, number);
    this.#said.append(node);
    if (!calm()) await pause(14);
  }

  #mark(source) {
    const label = `${this.#w.sources} ${source + 1}`;
    const opens = (event) => this.#open(source, event.currentTarget);
    return h("button", { type: "button", class: "mark", "aria-label": label, onclick: opens }, source + 1);
  }

  #figure(text, number) {
    const button = h("button", { type: "button", class: "figure", "aria-expanded": "false" }, text);
    button.addEventListener("click", () => this.#explain(button, number));
    this.#figures.push([button, number]);
    return button;
  }

  // The badges come with the numbers, after the text.
  dress(numbers) {
    for (const [button, place] of this.#figures) {
      const { check } = numbers[place];
      button.classList.add(`by-${check}`);
      button.append(h("span", { class: "badge" }, this.#w.badges[check]));
    }
  }

  #explain(button, place) {
    const open = button.getAttribute("aria-expanded") === "true";
    for (const [other] of this.#figures) other.setAttribute("aria-expanded", "false");
    this.#note.replaceChildren();
    if (open || !this.#answer) return;
    button.setAttribute("aria-expanded", "true");
    const { check, citation, value, unit } = this.#answer.numbers[place];
    const cited = this.#answer.citations[citation];
    const look = (event) => this.#open(citation, event.currentTarget);
    this.#note.append(
      h("p", {}, h("b", {}, grouped(value) + unit), " ", this.#w.explained[check]),
      cited ? h("button", { type: "button", class: "plain", onclick: look }, address(cited)) : "",
    );
  }

  #open(place, from) {
    const cited = this.#answer?.citations[place];
    if (cited) this.#does.open(cited, from);
  }

  #derivation() {
    const made = this.#answer.derivation;
    if (!made) return null;
    const rows = made.operands.map((operand) =>
      h(
        "tr",
        {},
        h("td", {}, operand.label),
        h("td", { class: "amount" }, `${grouped(operand.value)} ${operand.unit}`),
        h("td", {}, operand.citation == null ? "" : this.#mark(operand.citation)),
      ),
    );
    return h(
      "details",
      { class: "derivation" },
      h("summary", {}, this.#w.derivation),
      h("p", {}, `${made.formula} = `, h("b", {}, grouped(made.result))),
      h("table", {}, h("tbody", {}, rows)),
    );
  }

  #sources() {
    const { citations } = this.#answer;
    if (!citations.length) return null;
    const titles = new Set(citations.map((cited) => cited.title)); // one title is said once
    const title = titles.size > 1 ? (cited) => cited.title : () => "";
    const items = citations.map((cited, place) => {
      const meta = [title(cited), pageOf(cited.page, this.#w)].filter(Boolean).join(" · ");
      return h(
        "li",
        {},
        h(
          "button",
          { type: "button", onclick: (event) => this.#open(place, event.currentTarget) },
          h("span", { class: "place" }, place + 1),
          h("span", { class: "where" }, address(cited)),
          cited.table ? "" : h("span", { class: "quote" }, cited.quote),
          meta && h("span", { class: "meta" }, meta),
        ),
      );
    });
    const only = titles.size === 1 && h("p", { class: "meta" }, citations[0].title);
    return h("section", { class: "sources" }, h("h3", {}, this.#w.sources), only || "", h("ol", {}, items));
  }

  // What could follow, where the answer has no suggestions of its own.
  suggest(questions) {
    this.#answer = { ...this.#answer, suggestions: questions };
    this.#card.querySelector(".opinion").before(this.#suggestions() ?? "");
  }

  #suggestions() {
    const { suggestions, status } = this.#answer;
    if (!suggestions.length) return null;
    const title = status === "clarify" ? this.#w.choices : this.#w.suggestions;
    return h(
      "nav",
      { class: status === "clarify" ? "choices" : "next", "aria-label": title },
      h("h3", {}, title),
      suggestions.map((text) => askButton(text, this.#does.ask)),
    );
  }

  #opinion() {
    const w = this.#w;
    const said = h("span", { role: "status" });
    const bar = h("div", { class: "opinion" });
    const rate = (rating) => async (event) => {
      for (const other of bar.querySelectorAll("[aria-pressed]")) {
        other.setAttribute("aria-pressed", other === event.currentTarget);
      }
      this.#comment(bar, rating, said);
    };
    const copy = async () => {
      await navigator.clipboard?.writeText(this.#answer.answer).then(
        () => (said.textContent = w.copied),
        () => (said.textContent = ""),
      );
    };
    bar.append(
      thumb(false, w.useful, rate("up")),
      thumb(true, w.useless, rate("down")),
      iconButton("copy", w.copy, copy),
      said,
    );
    return bar;
  }

  #comment(bar, rating, said) {
    const w = this.#w;
    bar.nextElementSibling?.remove();
    const box = h("textarea", { rows: "2", maxlength: "1000", "aria-label": w.comment, placeholder: w.comment });
    const form = h("form", { class: "comment" }, box, h("button", { class: "plain" }, w.give));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const kept = await this.#does.rate(this.#answer.id, rating, box.value.trim());
      said.textContent = kept ? w.thanks : w.unkept;
      if (kept) form.remove();
    });
    bar.after(form);
    form.scrollIntoView({ block: "nearest" });
    box.focus({ preventScroll: true });
  }
}

function waiting(w) {
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  return h("p", { class: "waiting", role: "status" }, dots, w.thinking);
}

const askButton = (text, ask) => h("button", { type: "button", onclick: () => ask(text) }, text);
const pageOf = (page, w) => (page ? filled(w.page, { page }) : "");

function address(cited) {
  const heading = cited.section.split("›").at(-1).trim();
  return [cited.table || heading, cited.row, cited.column].filter(Boolean).join(" · ");
}
