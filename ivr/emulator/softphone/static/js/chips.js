// On a narrow screen one telephone fills it: these take you to the others and show which one rings.

import { el, setText } from "./dom.js";

const WORDS = { idle: "", ringing: "rings", calling: "calls", talking: "talks" };

export class Chips {
  constructor(store, nav) {
    Object.assign(this, { store, nav });
    this.chips = new Map();
  }

  build(cards) {
    this.chips.clear();
    for (const [address, card] of cards) {
      const state = el("small");
      const chip = el("button", { type: "button", className: card.className.replace("handset ", "chip "), onclick: () => this.show(card) },
        el("span", {}, this.store.name(address)), state);
      this.chips.set(address, { chip, state });
    }
    this.nav.replaceChildren(...[...this.chips.values()].map(({ chip }) => chip));
  }

  show(card) {
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    card.scrollIntoView({ behavior, inline: "center", block: "nearest" });
    card.focus({ preventScroll: true });
  }

  update() {
    for (const [address, { chip, state }] of this.chips) {
      const view = this.store.handsets.get(address);
      chip.dataset.state = view.state;
      chip.setAttribute("aria-current", String(this.store.active === address));
      setText(state, WORDS[view.state]);
    }
  }
}
