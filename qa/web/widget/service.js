// Talking to the server: a conversation under a short-lived token, answers as events.
const RENEWABLE = ["token_expired", "token_invalid", "unknown_conversation"];

class Problem extends Error {
  constructor(body, retryAfter) {
    super(body.message);
    this.code = body.code;
    this.retryAfter = retryAfter;
  }
}

class Service {
  #base;
  #reports;
  #open = null;
  #asked = [];

  constructor(base, reports) {
    this.#base = base;
    this.#reports = reports;
  }

  // Open the conversation ahead of the first question; a failure is told when asking.
  warm() {
    this.#conversation().catch(() => {});
  }

  async *ask(question) {
    const response = await this.#call("/conversations/{id}/turns", { question, stream: true });
    for await (const event of events(response.body)) {
      if (event.name === "error") throw new Problem(event.data);
      if (event.name === "done") this.#asked.push(question);
      yield event;
    }
  }

  async source(citation) {
    return (await this.#call("/source", citation)).json();
  }

  async feedback(answer, rating, comment) {
    await this.#call("/feedback", { answer, rating, comment });
  }

  async next(answer) {
    return (await (await this.#call(`/answers/${answer}/next`)).json()).questions;
  }

  #conversation() {
    this.#open ??= this.#send("/conversations", {
      reports: this.#reports,
      history: this.#asked.slice(-50),
    })
      .then((response) => response.json())
      .catch((error) => {
        this.#open = null;
        throw error;
      });
    return this.#open;
  }

  async #call(path, body) {
    for (let again = false; ; again = true) {
      const { id, token } = await this.#conversation();
      try {
        return await this.#send(path.replace("{id}", id), body, token);
      } catch (error) {
        if (again || !RENEWABLE.includes(error.code)) throw error;
        this.#open = null; // the server forgot us: go on in a new conversation
      }
    }
  }

  async #send(path, body, token) {
    const headers = body ? { "Content-Type": "application/json" } : {};
    if (token) headers.Authorization = `Bearer ${token}`;
    const response = await fetch(`${this.#base}/api/v1${path}`, {
      method: body ? "POST" : "GET",
      credentials: "omit",
      headers,
      body: body && JSON.stringify(body),
    });
    if (response.ok) return response;
    const told = await response.json().catch(() => ({ code: "failed" }));
    throw new Problem(told, response.headers.get("Retry-After"));
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    held += value ?? "";
    for (let end; (end = held.indexOf("\n\n")) >= 0; held = held.slice(end + 2)) {
      yield event(held.slice(0, end));
    }
    if (done) return;
  }
}

function event(block) {
  const lines = block.split("\n");
  const of = (name) => lines.filter((l) => l.startsWith(name)).map((l) => l.slice(name.length));
  return { name: of("event: ")[0], data: JSON.parse(of("data: ").join("\n")) };
}
