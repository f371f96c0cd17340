// The guided first call: carries out a guide step by step on the real telephones.

import { inWords, isSo } from "./conditions.js";

export class Guide extends EventTarget {
  constructor(store, line, guide) {
    super();
    Object.assign(this, { store, line, steps: guide.steps, title: guide.title, finale: guide.finale });
    store.addEventListener("happened", ({ detail }) => { this.#note(detail); this.#look(); });
    store.addEventListener("handset", () => this.#look());
    this.restart();
  }

  restart() {
    this.run = (this.run ?? 0) + 1;
    this.sentences = [];
    this.seen = this.store.lastNumber;
    this.step = 0;
    this.phase = "waits"; // waits, offers, works, done
    this.waitsFor = null;
    this.trouble = "";
    this.#look();
    this.#changed();
  }

  get current() {
    return this.steps[this.step];
  }

  get waiting() {
    return this.phase === "waits" ? inWords(this.current?.ready, this.store) : inWords(this.waitsFor, this.store);
  }

  async go() {
    if (this.phase !== "offers") return;
    const { run, current } = this;
    this.#enter("works");
    try {
      for (const act of current.acts) if (this.#still(run, current)) await this.#act(act, run);
    } catch (refused) {
      this.trouble = refused.message;
    }
    if (this.#still(run, current)) this.waitsFor = current.done;
    this.#look();
    this.#changed();
  }

  #still(run, step) {
    return this.run === run && this.current === step;
  }

  async #act(act, run) {
    this.store.listenAt(act.handset);
    if (act.when) {
      this.waitsFor = act.when;
      this.#changed();
      await this.#until(act.when, run);
    }
    this.waitsFor = null;
    if (this.run !== run) return;
    this.dispatchEvent(new CustomEvent("acts", { detail: act }));
    const state = this.store.handsets.get(act.handset)?.state;
    if (act.do === "hang_up" && state === "idle") return;
    await this.line.order(act.do, act.handset, { number: act.text, keys: act.text });
  }

  // A sentence counts when it has been spoken to its end: the listener shall know why the key is pressed.
  #until(condition, run) {
    return new Promise((soon) => {
      this.pending = () => {
        if (this.run !== run) return soon();
        const seen = isSo(condition, this.store, this.sentences, this.seen);
        if (seen === null) return;
        this.pending = null;
        const sentence = this.sentences.find((one) => one.number === seen);
        this.seen = seen;
        setTimeout(soon, condition.kind === "hears" && sentence ? this.#left(sentence) : 600);
      };
      this.pending();
    });
  }

  #left(sentence) {
    return Math.max(0, this.store.real(sentence.seconds) - (this.store.now() - Date.parse(sentence.at)) / (this.store.speed ?? 1));
  }

  #note({ number, what, facts }) {
    if (what === "Spoke") this.sentences.push({ number, ...facts });
  }

  #look() {
    this.pending?.();
    if (this.phase === "waits" && isSo(this.current.ready, this.store, this.sentences, this.seen) !== null) this.#enter("offers");
    if (this.phase !== "offers" && this.phase !== "works") return;
    const seen = isSo(this.current.done, this.store, this.sentences, this.seen);
    if (seen === null || this.pending) return;
    this.seen = seen; // done, by the click or by hand
    this.#next();
  }

  #next() {
    this.step += 1;
    this.waitsFor = null;
    this.trouble = "";
    this.#enter(this.step === this.steps.length ? "done" : "waits");
    if (this.phase === "waits") this.#look();
  }

  #enter(phase) {
    this.phase = phase;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("changed"));
  }
}
