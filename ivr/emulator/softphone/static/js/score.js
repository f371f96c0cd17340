// The script of all calls: one column per party, time running down. What happens in the same second shares a row.

import { soundName } from "./display.js";
import { el, hidden, paragraphs } from "./dom.js";
import { clock, duration, languageOf, number } from "./format.js";

const KEPT = 1500;
const SAME = 1000; // milliseconds
const NEAR = 80; // pixels

export class Score {
  constructor(store, { list, frame, empty, latest }) {
    Object.assign(this, { store, list, frame, empty, latest });
    this.frame.addEventListener("scroll", () => { if (this.#isAtEnd()) this.latest.hidden = true; });
    this.latest.addEventListener("click", () => this.#toEnd());
    store.addEventListener("snapshot", ({ detail }) => this.#begin(detail.happenings));
    store.addEventListener("happened", ({ detail }) => this.#goOn(detail));
    this.clear();
  }

  clear() {
    this.row = null;
    this.cells = new Map(); // call -> its last sentence, to cut; and its last keys, to extend
    this.bridges = new Map();
    this.heads = el("li", { className: "score-heads", "aria-hidden": "true" });
    this.list.replaceChildren(this.heads);
    this.headed();
    this.list.hidden = true;
    this.empty.hidden = false;
    this.latest.hidden = true;
  }

  headed() {
    const names = [...this.store.handsets.values()].map((view, column) => placed(el("b", { className: `party-${column % 6}` }, view.name), column));
    this.heads.replaceChildren(el("span"), ...names);
  }

  asText() {
    return [...this.list.querySelectorAll(".row")].flatMap((row) =>
      [...row.querySelectorAll(".cell")].map((cell) => `${row.dataset.time}  ${cell.dataset.text ?? cell.textContent}`)).join("\n");
  }

  #begin(happenings) {
    this.clear();
    for (const message of happenings) this.#add(message);
    this.#toEnd();
  }

  #add({ what, facts }) {
    const write = WRITE[what];
    if (write) write(this, facts);
  }

  // For the writers.

  entry(facts, kind, label, content, address = facts.handset) {
    const column = [...this.store.handsets.keys()].indexOf(address);
    const who = column < 0 ? address : this.store.name(address);
    const cell = el("div", { className: `cell ${kind} ${column < 0 ? "outside" : `party-${column % 6}`}` },
      el("span", { className: "who" }, `${who} ${label}`.trim(), hidden(": ")), el("span", { className: "what" }, content));
    this.#place(cell, facts, column);
    return cell;
  }

  across(facts, kind, content) {
    this.#row(facts).append(el("div", { className: `cell across ${kind}` }, content));
    this.row = null;
  }

  #place(cell, facts, column) {
    const fits = this.row && !this.row.columns.has(column) && Date.parse(facts.at) - this.row.at < SAME && column >= 0;
    const row = fits ? this.row.element : this.#row(facts);
    if (column >= 0) placed(cell, column);
    else cell.classList.add("across");
    row.append(cell);
    this.row?.columns.add(column);
  }

  #row(facts) {
    const time = clock(facts.at);
    const element = el("li", { className: "row" }, el("time", { dateTime: facts.at }, time));
    element.dataset.time = time;
    this.list.append(element);
    this.row = { element, at: Date.parse(facts.at), columns: new Set() };
    this.list.hidden = false;
    this.empty.hidden = true;
    if (this.list.childElementCount > KEPT) this.list.children[1].remove();
    return element;
  }

  // Following the end, unless the reader has gone back.

  #goOn(message) {
    const follows = this.#isAtEnd();
    this.#add(message);
    if (follows) this.#toEnd();
    else this.latest.hidden = false;
  }

  #isAtEnd() {
    return this.frame.scrollHeight - this.frame.scrollTop - this.frame.clientHeight < NEAR;
  }

  #toEnd() {
    this.latest.hidden = true;
    this.frame.scrollTop = this.frame.scrollHeight;
  }
}

function placed(cell, column) {
  cell.style.setProperty("--column", column + 2);
  return cell;
}

const ENDINGS = { busy: "Busy", "no-answer": "Not answered", failed: "Cannot be reached", canceled: "Stops ringing" };

const WRITE = {
  Dialled: (score, facts) => {
    const name = score.store.name(facts.number);
    score.across(facts, "begins", `${score.store.name(facts.handset)} calls ${name === facts.number ? number(name) : name}`);
  },
  Rang: (score, facts) => score.entry(facts, "event ring", "", "Rings"),
  Answered: (score, facts) => score.entry(facts, "event", "", score.store.placed(facts.call_sid) ? "The line answers" : "Answers"),
  Spoke: (score, facts) => {
    const isPerson = facts.language === "" && [...score.store.handsets.values()].some((one) => one.name === facts.voice);
    const words = el("q", { lang: languageOf(facts) }, paragraphs(facts.text, languageOf(facts)));
    const cell = score.entry(facts, isPerson ? "words person" : "words", isPerson ? `hears ${facts.voice} say` : "hears", words);
    score.cells.set(facts.call_sid, { words });
  },
  Silenced: (score, facts) => {
    const last = score.cells.get(facts.call_sid)?.words;
    if (last) {
      last.replaceChildren(...paragraphs(facts.text, last.lang));
      last.classList.add("cut");
    }
  },
  Sounded: (score, facts) => score.entry(facts, "sound", "hears", soundName(facts.sound)),
  Said: (score, facts) => score.entry(facts, "own", "says", el("q", {}, facts.text)),
  Pressed: (score, facts) => {
    const typed = score.cells.get(`keys ${facts.call_sid}`);
    const key = el("kbd", {}, facts.key);
    if (typed && typed === score.row?.element.lastElementChild) return typed.querySelector(".what").append(key);
    score.cells.set(`keys ${facts.call_sid}`, score.entry(facts, "keys", "presses", key));
  },
  Bridged: (score, facts) => {
    const together = [facts.handset, ...facts.others].sort().join(" ");
    if (score.bridges.get(together) === facts.at.slice(0, 19)) return;
    score.bridges.set(together, facts.at.slice(0, 19));
    score.across(facts, "bridge", [facts.handset, ...facts.others].map((one) => score.store.name(one)).join(" and ") + " hear each other");
  },
  Ended: (score, facts) => score.entry(facts, "event end", "", (score.store.declined(facts.call_sid) ? "Declines" : ENDINGS[facts.status]) ?? `Call ended, ${duration(facts.seconds)}`),
  MessageSent: (score, facts) => {
    const isReply = score.store.handsets.has(facts.sender);
    score.entry(facts, "letter", isReply ? "writes" : "gets a text message", `${isReply ? "➤" : "✉"} ${facts.text}`, isReply ? facts.sender : facts.receiver);
  },
  MailArrived: (score, facts) => score.entry(facts, "letter", "gets a mail", `✉ ${facts.subject}`, facts.handset || facts.receiver),
};
