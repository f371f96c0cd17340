// Text messages and mails on the telephone of their receiver.

import { el, icon, setText } from "./dom.js";
import { clock, number } from "./format.js";

export class Inbox {
  constructor(store, address, send) {
    Object.assign(this, { store, address, send });
    this.count = el("b", { className: "count" });
    this.opener = el("button", {
      type: "button", className: "inbox-opener", hidden: true, "aria-expanded": "false", onclick: () => this.turn(this.panel.hidden),
    }, icon("mail"), this.count);
    this.list = el("ol", { className: "letters", tabIndex: 0 });
    this.title = el("h3", { tabIndex: -1 }, "Messages");
    this.panel = el("section", { className: "inbox", hidden: true, "aria-label": `Messages of ${store.name(address)}` },
      el("div", { className: "inbox-head" }, this.title,
        el("button", { type: "button", className: "plain", onclick: () => this.turn(false) }, "Close")), this.list, this.#replyForm());
    this.panel.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Escape") return;
      pressed.stopPropagation(); // Esc closes the messages first; the call goes on
      this.turn(false);
    });
  }

  #replyForm() {
    this.words = el("input", { maxLength: 1000, autocomplete: "off", placeholder: "Reply…" });
    this.error = el("p", { className: "error", role: "alert" });
    this.reply = el("form", { className: "reply", hidden: true, onsubmit: (submitted) => { submitted.preventDefault(); this.#send(); } },
      this.words, el("button", { type: "submit", className: "plain" }, "Send"), this.error);
    return this.reply;
  }

  async #send() {
    const text = this.words.value.trim();
    if (!text) return;
    try {
      await this.send({ number: this.writesTo, text });
      this.words.value = "";
      setText(this.error, "");
    } catch (refused) {
      setText(this.error, refused.message); // what was written is still there
    }
  }

  turn(open) {
    this.panel.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    (open ? this.title : this.opener).focus();
    this.update();
  }

  update() {
    if (!this.panel.hidden) this.store.factsOf(this.address).unread = 0; // what arrives before one's eyes is read
    const { inbox, unread } = this.store.factsOf(this.address);
    this.opener.hidden = inbox.length === 0;
    this.opener.classList.toggle("unread", unread > 0);
    setText(this.count, String(unread || inbox.length));
    this.opener.setAttribute("aria-label", `${inbox.length} ${inbox.length === 1 ? "message" : "messages"}, ${unread} new`);
    const latest = inbox.find((letter) => letter.kind === "Text message");
    this.writesTo = latest && (latest.isOwn ? latest.to : latest.from);
    this.reply.hidden = !latest;
    if (latest) this.words.setAttribute("aria-label", `Reply of ${this.store.name(this.address)} to ${this.#called(this.writesTo)}`);
    if (this.list.childElementCount !== inbox.length) this.list.replaceChildren(...inbox.map((letter) => this.#view(letter)));
  }

  #called(address) {
    const name = this.store.name(address);
    return name === address ? number(address) : name;
  }

  #view(letter) {
    const way = letter.isOwn ? `to ${this.#called(letter.to)}` : `from ${sender(letter.from)}`;
    return el("li", { className: letter.isOwn ? "own-letter" : "" },
      el("p", { className: "letter-from" }, `${letter.kind} ${way}`, el("time", {}, clock(letter.at))),
      letter.subject ? el("h4", {}, letter.subject) : null,
      el("p", { className: "letter-text" }, letter.text));
  }
}

// The name in "Name <address>", else the address or number.
function sender(from) {
  return /^"?([^"<]+?)"?\s*</.exec(from)?.[1] ?? number(from);
}

