// On a narrow screen one telephone fills it: these take you to the others and show which one rings.

import { el, glide, setText } from "./dom.js";

const WORDS = { idle: "", ringing: "rings", calling: "calls", talking: "talks" };

export class Chips {
  constructor(store, nav) {
    Object.assign(this, { store, nav });
    this.chips = new Map();
    this.frame = document.getElementById("telephones");
    this.frame.addEventListener("scrollend", () => this.#swiped());
  }

  // Whoever swipes to a telephone listens at it.
  #swiped() {
    if (this.frame.scrollWidth <= this.frame.clientWidth) return;
    const middle = this.frame.getBoundingClientRect().left + this.frame.clientWidth / 2;
    const seen = [...this.frame.querySelectorAll(".handset")].find((card) => card.getBoundingClientRect().right > middle);
    if (seen) this.store.listenAt(seen.dataset.address);
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
    card.scrollIntoView({ behavior: glide(), inline: "center", block: "nearest" });
    card.focus({ preventScroll: true });
  }

  update() {
    for (const [address, { chip, state }] of this.chips) {
      const view = this.store.handsets.get(address);
      chip.dataset.state = view.state;
      const isHere = this.store.active === address;
      if (isHere && chip.getAttribute("aria-current") !== "true") this.nav.scrollTo({ left: chip.offsetLeft - this.nav.clientWidth / 3 });
      chip.setAttribute("aria-current", String(isHere));
      setText(state, WORDS[view.state]);
    }
  }
}
