// The display of one telephone: what it hears now, or what became of the last call.

import { el, glide, setText } from "./dom.js";
import { languageOf, number } from "./format.js";

export class Display {
  constructor(store, address) {
    Object.assign(this, { store, address });
    this.label = el("p", { className: "display-label" });
    this.text = el("p", { className: "display-text" });
    this.keys = el("p", { className: "display-keys" });
    this.progress = el("div", { className: "progress", "aria-hidden": "true" });
    this.element = el("div", { className: "display" }, el("div", { className: "display-head" }, this.label, this.keys), this.text, this.progress);
    this.shown = 0;
    this.pages = [];
  }

  update(view) {
    const facts = this.store.factsOf(this.address);
    const { label, text, kind = "", language = "" } = contents(this.store, view, facts);
    setText(this.label, label);
    setText(this.text, text);
    this.text.lang = language;
    this.element.dataset.kind = kind;
    setText(this.keys, facts.keys ? [...facts.keys].join(" ") : "");
    this.#advance(facts.hears);
  }

  // A thin line runs as long as the sentence takes.
  #advance(hears) {
    const runs = hears?.kind === "words" && !hears.cut;
    if (runs && hears.number === this.shown) return;
    this.shown = runs ? hears.number : 0;
    for (const running of this.progress.getAnimations()) running.cancel();
    const left = runs ? this.store.real(hears.seconds) - (this.store.now() - Date.parse(hears.at)) / (this.store.speed ?? 1) : 0;
    this.text.scrollTop = 0;
    this.pages.forEach(clearTimeout);
    if (left <= 0) return;
    this.progress.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], { duration: left });
    this.pages = this.#turns(left);
  }

  // A long sentence is turned page by page, as fast as it is said.
  #turns(left) {
    const { scrollHeight, clientHeight } = this.text;
    const pages = clientHeight ? Math.ceil(scrollHeight / clientHeight) : 0;
    return Array.from({ length: Math.max(0, pages - 1) }, (_, page) =>
      setTimeout(() => this.text.scrollTo({ top: (page + 1) * clientHeight, behavior: glide() }), (left * (page + 1)) / pages));
  }
}

function contents(store, view, facts) {
  const { hears } = facts;
  if (view.state === "ringing") return { label: "Incoming call", text: callerOf(store, facts), kind: "ringing" };
  if (view.state === "idle") return { label: facts.result ? "Last call" : "", text: facts.result || "No calls yet", kind: "idle" };
  if (hears?.kind === "words") {
    const isPerson = hears.language === "" && [...store.handsets.values()].some((one) => one.name === hears.voice);
    return { label: isPerson ? `${hears.voice} says` : "Hears", text: hears.text, kind: "words", language: languageOf(hears) };
  }
  if (view.talks_to.length) return { label: "Talking to", text: view.talks_to.map((one) => store.name(one)).join(", "), kind: "talk" };
  if (hears?.kind === "sound") return { label: "Hears", text: soundName(hears.sound), kind: "sound" };
  if (view.state === "calling") return { label: "Calling", text: callerOf(store, facts), kind: "sound" };
  return { label: "On a call", text: "…", kind: "sound" };
}

function callerOf(store, facts) {
  const name = store.name(facts.caller);
  return name === facts.caller ? number(name) : name;
}

export function soundName(sound) {
  const played = /^\(plays (.*)\)$/.exec(sound);
  if (played) return `♪ ${played[1].split("/").pop() || played[1]}`;
  const bare = sound.replace(/^\(|\)$/g, "");
  return { "hold music": "♪ hold music", ringing: "ring tone", beep: "beep" }[bare] ?? bare;
}
