// The drawer for developers: each request to the application, what it answered, and the carrier's alerts.

import { el, setText } from "./dom.js";
import { clock } from "./format.js";
import { prettyXml } from "./twiml.js";

const KEPT = 400;

export class Debugger {
  constructor(store, { drawer, toggle, count }) {
    Object.assign(this, { store, drawer, toggle, count });
    this.alerts = 0;
    this.list = el("ol", { className: "requests" });
    this.empty = el("p", { className: "empty" }, "No requests yet. Every webhook to the application appears here with its answer.");
    this.title = el("h2", { id: "debugger-title", tabIndex: -1 }, "Debugger");
    this.drawer.append(
      el("div", { className: "drawer-head" }, this.title, this.#filter(),
        el("button", { type: "button", className: "plain", onclick: () => this.turn(false) }, "Close")),
      this.empty, this.list);
    this.toggle.addEventListener("click", () => this.turn(this.drawer.hidden));
    this.drawer.addEventListener("keydown", (pressed) => { if (pressed.key === "Escape") this.turn(false); });
    store.addEventListener("snapshot", ({ detail }) => this.#begin(detail.happenings));
    store.addEventListener("happened", ({ detail }) => this.#add(detail));
  }

  turn(open) {
    this.drawer.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("with-drawer", open);
    (open ? this.title : this.toggle).focus();
  }

  #filter() {
    const choice = el("select", { "aria-label": "Show", onchange: () => { this.list.dataset.shows = choice.value; } },
      el("option", { value: "all" }, "Everything"), el("option", { value: "documents" }, "Documents only"), el("option", { value: "alerts" }, "Alerts only"));
    return choice;
  }

  #begin(happenings) {
    this.list.replaceChildren();
    this.alerts = 0;
    for (const message of happenings) this.#add(message);
    this.#counted();
  }

  #add({ what, facts }) {
    if (what !== "WebhookMade" && what !== "Alerted") return;
    if (what === "Alerted") this.alerts += 1;
    this.list.prepend(what === "Alerted" ? alertView(facts) : requestView(facts)); // the newest is on top
    if (this.list.childElementCount > KEPT) this.list.lastElementChild.remove();
    this.#counted();
  }

  #counted() {
    this.empty.hidden = this.list.childElementCount > 0;
    this.count.hidden = this.alerts === 0;
    setText(this.count, String(this.alerts));
    this.count.setAttribute("aria-label", `${this.alerts} alerts`);
  }
}

function alertView(facts) {
  return el("li", { className: `alert ${facts.level}` },
    el("p", {}, el("time", {}, clock(facts.at)), el("b", {}, `${facts.level === "error" ? "Error" : "Warning"} ${facts.code}`), " ", facts.text),
    facts.url ? el("p", { className: "url" }, facts.url) : null,
    el("a", { href: `https://www.twilio.com/docs/api/errors/${facts.code}`, rel: "noreferrer", target: "_blank" }, `What ${facts.code} means`));
}

function requestView(facts) {
  const isDocument = facts.body.trimStart().startsWith("<");
  const path = facts.url.replace(/^https?:\/\/[^/]+/, "") || facts.url;
  const isFine = facts.status >= 200 && facts.status < 300;
  return el("li", { className: isDocument ? "request document" : "request" },
    el("details", {},
      el("summary", {},
        el("time", {}, clock(facts.at)), el("span", { className: "kind" }, facts.kind), el("span", { className: "path", title: facts.url }, path),
        el("span", { className: isFine ? "status" : "status bad" }, facts.status ? String(facts.status) : "none"),
        el("span", { className: "took" }, `${Math.round(facts.real_seconds * 1000)} ms`)),
      facts.error ? el("p", { className: "error" }, facts.error) : null,
      el("h3", {}, `${facts.method} ${facts.url}`),
      el("dl", {}, Object.entries(facts.parameters).filter(([, value]) => value !== "").flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
      facts.json ? el("pre", {}, facts.json) : null,
      el("h3", {}, "Answer"),
      isDocument ? prettyXml(facts.body) : el("p", { className: "url" }, facts.body || "(empty)")));
}
