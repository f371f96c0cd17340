// The switch for all sound, remembered; and what the user should know about it.

import { setText } from "./dom.js";

const REMEMBERED = "softphone.sound";

export function soundSwitch(button, note, store, listening) {
  let isOn = localStorage.getItem(REMEMBERED) !== "off";

  function show() {
    listening.turn(isOn);
    button.setAttribute("aria-pressed", String(isOn));
    button.querySelector("use").setAttribute("href", `/softphone/icons.svg#${isOn ? "sound" : "sound-off"}`);
    setText(note, isOn ? advice() : "");
  }

  function advice() {
    if (!listening.sounds.isAwake) return "Sound starts with your first click.";
    const silent = listening.speech.voiceFor(unvoiced);
    return silent === "nobody" ? "No voice here: read the script." : "";
  }

  let unvoiced = "en";
  button.addEventListener("click", () => {
    isOn = !isOn;
    localStorage.setItem(REMEMBERED, isOn ? "on" : "off");
    show();
  });
  store.addEventListener("snapshot", show);
  store.addEventListener("happened", ({ detail: { what, facts } }) => {
    const language = (facts.language || "en").slice(0, 2);
    if (what !== "Spoke" || language === unvoiced) return;
    unvoiced = language;
    show();
  });
  for (const first of ["pointerdown", "keydown"]) addEventListener(first, () => { listening.sounds.wake(); show(); }, { once: true, capture: true });
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", show);
  show();
}
