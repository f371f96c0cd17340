// The panel of the guided call: the steps, the one button that counts now, and what is being waited for.

import { el, setText } from "./dom.js";

export class Coach {
  constructor(guide, panel) {
    Object.assign(this, { guide, panel });
    this.steps = guide.steps.map((step, index) => this.#step(step, index));
    this.finale = el("p", { className: "guide-finale", hidden: true }, guide.finale);
    this.status = el("p", { className: "hidden", role: "status" });
    panel.replaceChildren(
      el("h2", { id: "guide-title" }, guide.title),
      el("ol", { className: "guide-steps" }, this.steps.map(({ item }) => item)), this.finale, this.status,
      el("div", { className: "guide-tools" },
        el("button", { type: "button", className: "plain", onclick: () => guide.restart() }, "Start over"),
        el("button", { type: "button", className: "plain", onclick: () => this.#close() }, "Hide")));
    panel.hidden = localStorage.getItem("softphone.guide") === "hidden";
    guide.addEventListener("changed", () => this.update());
    this.update();
  }

  update() {
    const { guide } = this;
    const words = this.#words();
    for (const [index, { item, button, explains, step }] of this.steps.entries()) {
      const place = index < guide.step ? "past" : index === guide.step ? "now" : "later";
      item.dataset.place = place;
      item.setAttribute("aria-current", place === "now" ? "step" : "false");
      setText(explains, (place === "now" && words) || step.explains);
      this.#offer(button, place === "now" && guide.phase === "offers");
    }
    setText(this.status, guide.phase === "done" ? guide.finale : words);
    this.finale.hidden = guide.phase !== "done" || !guide.finale;
    this.panel.dataset.phase = guide.phase;
    this.panel.classList.toggle("trouble", Boolean(guide.trouble));
  }

  // Focus walks on from button to button, so that Enter alone goes through the call.
  #offer(button, isOffered) {
    const wasPressed = document.activeElement?.classList.contains("guide-button") && document.activeElement !== button;
    button.setAttribute("aria-disabled", String(!isOffered));
    if (isOffered && wasPressed) button.focus({ preventScroll: true });
  }

  #words() {
    const { phase, trouble, waiting } = this.guide;
    if (trouble) return trouble;
    return waiting && phase !== "offers" ? `Waiting for ${waiting} …` : "";
  }

  #step(step, index) {
    const button = el("button", { type: "button", className: "guide-button", onclick: () => this.guide.go() }, step.button);
    const explains = el("p", {}, step.explains);
    const item = el("li", {}, el("span", { className: "guide-number", "aria-hidden": "true" }, String(index + 1)), el("h3", {}, step.title), explains, button);
    return { item, button, explains, step };
  }

  #close() {
    localStorage.setItem("softphone.guide", "hidden");
    this.panel.hidden = true;
    document.getElementById("telephones").focus();
  }
}
