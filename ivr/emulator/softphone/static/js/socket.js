// The connection to the exchange: everything it tells goes to `told`, orders are promises. Comes back by itself.

const SHORTEST = 500;
const LONGEST = 8000;

export class Line extends EventTarget {
  #socket = null;
  #orders = new Map();
  #lastId = 0;
  #pause = SHORTEST;

  connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.#socket = new WebSocket(`${scheme}//${location.host}/softphone/line`);
    this.#socket.addEventListener("message", (frame) => this.#received(JSON.parse(frame.data)));
    this.#socket.addEventListener("close", () => this.#lost());
  }

  // Resolves when it has been carried out; rejects with the exchange's own sentence when it makes no sense.
  order(todo, handset, details = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return Promise.reject(new Error("The exchange is not connected."));
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, do: todo, handset, ...details }));
    return new Promise((done, refused) => this.#orders.set(id, { done, refused }));
  }

  #received(message) {
    if (message.type === "answer") return this.#answered(message);
    this.#pause = SHORTEST;
    this.dispatchEvent(new CustomEvent("told", { detail: message }));
  }

  #answered({ id, error }) {
    const order = this.#orders.get(id);
    this.#orders.delete(id);
    if (error === null) order?.done();
    else order?.refused(new Error(error));
  }

  #lost() {
    for (const order of this.#orders.values()) order.refused(new Error("The exchange has gone."));
    this.#orders.clear();
    this.dispatchEvent(new Event("lost"));
    setTimeout(() => this.connect(), this.#pause);
    this.#pause = Math.min(LONGEST, this.#pause * 2);
  }
}
