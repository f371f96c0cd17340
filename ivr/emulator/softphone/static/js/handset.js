// One telephone: a card with name, number, state, timer, display, keypad and buttons.

import { Display } from "./display.js";
import { el, hidden, icon, setText } from "./dom.js";
import { duration, number } from "./format.js";
import { Inbox } from "./inbox.js";
import { followKeyboard } from "./keyboard.js";
import { keypad, light } from "./keypad.js";

const BEHAVIOURS = [
  ["manual", "Rings until I answer"], ["no_answer", "Nobody answers"], ["busy", "Is busy"],
  ["mailbox", "Is a mailbox"], ["unreachable", "Is unreachable"],
];
const BY_ITSELF = [["answers", "Answers by itself"], ["declines", "Declines by itself"]];
const STATES = { idle: "Ready", ringing: "Ringing", calling: "Calling", talking: "In call" };

export class Handset {
  constructor(store, line, sounds, view, column) {
    Object.assign(this, { store, line, sounds, address: view.address });
    this.display = new Display(store, view.address);
    this.inbox = new Inbox(store, view.address, (details) => line.order("text", view.address, details));
    this.pad = keypad(view.name, (key) => this.press(key));
    this.element = this.#build(view, column);
    followKeyboard(this.element, { press: (key) => this.press(key), enter: () => this.#enter(), escape: () => this.#escape() });
    for (const touched of ["focusin", "pointerdown"]) this.element.addEventListener(touched, () => store.listenAt(this.address));
    this.update(view);
  }

  // What the user does.

  press(key) {
    if (this.view.state !== "idle") return this.#order("press", { keys: key }); // lit and heard when the exchange says so
    this.lit(key);
    this.number.value = this.number.value === this.number.defaultValue ? key : this.number.value + key;
  }

  #enter() {
    if (this.view.state === "ringing") this.#order("answer");
    else if (this.view.state === "idle") this.#order("dial", { number: this.number.value });
  }

  #escape() {
    if (this.view.state !== "idle") this.#order("hang_up");
    else if (document.activeElement === this.number) this.number.value = this.number.defaultValue;
  }

  #say() {
    const text = this.words.value.trim();
    if (!text) return;
    this.words.value = "";
    this.#order("say", { text });
  }

  async #order(todo, details) {
    setText(this.error, "");
    try {
      await this.line.order(todo, this.address, details);
    } catch (refused) {
      setText(this.error, refused.message);
    }
  }

  // What the exchange says.

  update(view) {
    this.view = view;
    this.element.dataset.state = view.state;
    this.element.classList.toggle("away", view.behaviour !== "manual");
    setText(this.state, view.talks_to.length ? "Talking" : STATES[view.state]);
    this.display.update(view);
    this.inbox.update();
    for (const [states, group] of this.groups) group.hidden = !states.includes(view.state);
    this.mute.setAttribute("aria-pressed", String(view.muted));
    this.mute.querySelector("use").setAttribute("href", `/softphone/icons.svg#${view.muted ? "mic-off" : "mic"}`);
    this.behaviour.value = view.behaviour;
    if (view.state === "idle" && this.error.textContent.endsWith("on a call.")) setText(this.error, "");
    this.tick();
  }

  heard() {
    this.display.update(this.view);
    this.inbox.update();
  }

  lit(key) {
    this.sounds.key(key);
    light(this.pad, key);
  }

  tick() {
    const runs = this.view.since && this.view.state !== "idle";
    setText(this.timer, runs ? duration((this.store.now() - Date.parse(this.view.since)) / 1000) : "");
  }

  listened(isActive) {
    this.element.classList.toggle("active", isActive);
    this.ear.hidden = !isActive;
  }

  // The card.

  #build(view, column) {
    const id = `handset-${column}`;
    this.state = el("span", { className: "state" });
    this.timer = el("span", { className: "timer", role: "timer", "aria-live": "off" });
    this.ear = el("span", { className: "ear", title: "You listen here", hidden: true }, icon("ear"), hidden("You listen here"));
    this.error = el("p", { className: "error", role: "alert" });
    const role = this.store.people.find((person) => person.number === view.address)?.role ?? "";
    const card = el("article", { className: `handset party-${column % 6}`, id, tabIndex: 0, "aria-labelledby": `${id}-name`, "aria-describedby": "keyboard-hint" },
      el("header", { className: "handset-head" },
        el("div", { className: "handset-name" }, el("h2", { id: `${id}-name`, title: view.name }, view.name), this.ear, this.inbox.opener),
        el("p", { className: "handset-role", title: role }, role),
        el("div", { className: "handset-facts" },
          el("p", { className: "handset-number" }, number(view.address)), el("p", { className: "handset-state" }, this.state, this.timer))),
      this.display.element, this.pad, ...this.#buttons(view), this.error, this.inbox.panel);
    card.dataset.address = view.address;
    return card;
  }

  #buttons(view) {
    const dial = this.#dialForm(view);
    const ringing = el("div", { className: "buttons" },
      this.#button("call", "handset", "Answer", () => this.#order("answer")),
      this.#button("end", "hang-up", "Decline", () => this.#order("decline")));
    this.mute = this.#button("quiet", "mic", "Mute", () => this.#order("mute", { on: !this.view.muted }));
    const talking = el("div", { className: "buttons" }, this.mute, this.#button("end", "hang-up", "Hang up", () => this.#order("hang_up")));
    const when = this.#behaviourChoice(view);
    const say = this.#sayForm(view);
    this.groups = [[["idle"], dial], [["ringing"], ringing], [["calling", "talking"], talking], [["idle", "ringing"], when], [["calling", "talking"], say]];
    return [dial, ringing, talking, when, say];
  }

  #button(kind, drawing, words, onclick) {
    return el("button", { type: "button", className: `button ${kind}`, onclick }, icon(drawing), el("span", {}, words));
  }

  #dialForm(view) {
    const proposed = this.store.lines[0]?.number ?? "";
    this.number = el("input", { type: "tel", value: number(proposed), defaultValue: number(proposed), "aria-label": `Number that ${view.name} calls`, autocomplete: "off" });
    return el("form", { className: "buttons", onsubmit: (submitted) => { submitted.preventDefault(); this.#enter(); } },
      this.number, el("button", { className: "button call", type: "submit" }, icon("handset"), el("span", {}, "Call")));
  }

  #sayForm(view) {
    this.words = el("input", { "aria-label": `What ${view.name} says`, placeholder: "Say something…", maxLength: 1000, autocomplete: "off" });
    return el("form", { className: "extra", onsubmit: (submitted) => { submitted.preventDefault(); this.#say(); } },
      this.words, el("button", { type: "submit", className: "plain" }, "Say"));
  }

  #behaviourChoice(view) {
    const option = ([value, words], isHidden) => el("option", { value, hidden: isHidden }, words);
    this.behaviour = el("select", { onchange: () => this.#order("behave", { behaviour: this.behaviour.value }) },
      ...BEHAVIOURS.map((one) => option(one, false)), ...BY_ITSELF.map((one) => option(one, true)));
    return el("label", { className: "extra" }, el("span", { className: "when-called" }, "When called", hidden(`, ${view.name}`)), this.behaviour);
  }
}
