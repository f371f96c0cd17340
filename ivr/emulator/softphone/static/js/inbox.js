// Text messages and mails on the telephone of their receiver.

import { el, icon, setText } from "./dom.js";
import { clock, number } from "./format.js";

export class Inbox {
  constructor(store, address) {
    Object.assign(this, { store, address });
    this.count = el("b", { className: "count" });
    this.opener = el("button", {
      type: "button", className: "inbox-opener", hidden: true, "aria-expanded": "false", onclick: () => this.turn(this.panel.hidden),
    }, icon("mail"), this.count);
    this.list = el("ol", { className: "letters", tabIndex: 0 });
    this.title = el("h3", { tabIndex: -1 }, "Messages");
    this.panel = el("section", { className: "inbox", hidden: true, "aria-label": `Messages of ${store.name(address)}` },
      el("div", { className: "inbox-head" }, this.title,
        el("button", { type: "button", className: "plain", onclick: () => this.turn(false) }, "Close")), this.list);
    this.panel.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Escape") return;
      pressed.stopPropagation(); // Esc closes the messages first; the call goes on
      this.turn(false);
    });
  }

  turn(open) {
    this.panel.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) this.store.factsOf(this.address).unread = 0;
    (open ? this.title : this.opener).focus();
    this.update();
  }

  update() {
    const { inbox, unread } = this.store.factsOf(this.address);
    if (inbox.length && !this.panel.hidden) this.store.factsOf(this.address).unread = 0;
    this.opener.hidden = inbox.length === 0;
    this.opener.classList.toggle("unread", unread > 0);
    setText(this.count, String(unread || inbox.length));
    this.opener.setAttribute("aria-label", `${inbox.length} ${inbox.length === 1 ? "message" : "messages"}, ${unread} new`);
    if (this.list.childElementCount !== inbox.length) this.list.replaceChildren(...inbox.map(letterView));
  }
}

// The name in "Name <address>", else the address or number.
function sender(from) {
  return /^"?([^"<]+?)"?\s*</.exec(from)?.[1] ?? number(from);
}

function letterView(letter) {
  return el("li", {},
    el("p", { className: "letter-from" }, `${letter.kind} from ${sender(letter.from)}`, el("time", {}, clock(letter.at))),
    letter.subject ? el("h4", {}, letter.subject) : null,
    el("p", { className: "letter-text" }, letter.text));
}
