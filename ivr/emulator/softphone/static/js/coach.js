// The panel of the guided call: the steps, the one button that counts now, and what is being waited for.

import { el, setText } from "./dom.js";

export class Coach {
  constructor(guide, panel) {
    Object.assign(this, { guide, panel });
    this.steps = guide.steps.map((step, index) => this.#step(step, index));
    this.status = el("p", { className: "guide-status", role: "status" });
    panel.replaceChildren(
      el("div", { className: "guide-head" },
        el("h2", { id: "guide-title" }, guide.title), this.status,
        el("button", { type: "button", className: "plain", onclick: () => guide.restart() }, "Start over"),
        el("button", { type: "button", className: "plain", onclick: () => this.#close() }, "Hide")),
      el("ol", { className: "guide-steps" }, this.steps.map(({ item }) => item)));
    panel.hidden = localStorage.getItem("softphone.guide") === "hidden";
    guide.addEventListener("changed", () => this.update());
    this.update();
  }

  update() {
    const { guide } = this;
    for (const [index, { item, button }] of this.steps.entries()) {
      const place = index < guide.step ? "past" : index === guide.step ? "now" : "later";
      item.dataset.place = place;
      item.setAttribute("aria-current", place === "now" ? "step" : "false");
      const isOffered = place === "now" && guide.phase === "offers";
      this.#offer(button, isOffered);
    }
    setText(this.status, this.#words());
    this.status.classList.toggle("trouble", Boolean(guide.trouble));
    this.panel.dataset.phase = guide.phase;
  }

  // Focus walks on from button to button, so that Enter alone goes through the call.
  #offer(button, isOffered) {
    const wasPressed = document.activeElement?.classList.contains("guide-button") && document.activeElement !== button;
    button.setAttribute("aria-disabled", String(!isOffered));
    if (isOffered && wasPressed) button.focus({ preventScroll: true });
  }

  #words() {
    const { phase, trouble, finale, waiting } = this.guide;
    if (phase === "done") return finale;
    if (trouble) return trouble;
    return waiting && phase !== "offers" ? `Waiting for ${waiting} …` : "";
  }

  #step(step, index) {
    const button = el("button", { type: "button", className: "guide-button", onclick: () => this.guide.go() }, step.button);
    const item = el("li", {}, el("span", { className: "guide-number", "aria-hidden": "true" }, String(index + 1)),
      el("h3", {}, step.title), step.explains ? el("p", {}, step.explains) : null, button);
    return { item, button };
  }

  #close() {
    localStorage.setItem("softphone.guide", "hidden");
    this.panel.hidden = true;
    document.getElementById("telephones").focus();
  }
}
