// What the user's ear gets: every bell, and all else only from the telephone he listens at.

import { languageOf } from "./format.js";

const FASTEST_SPOKEN = 2; // times real time

export class Listening {
  constructor(store, sounds, speech) {
    Object.assign(this, { store, sounds, speech });
    store.addEventListener("snapshot", () => { speech.offered(store.speech); this.#tune(); });
    store.addEventListener("handset", () => this.#tune());
    store.addEventListener("active", () => { speech.stop(); this.#tune(); });
    store.addEventListener("happened", ({ detail }) => { this.#hear(detail); this.#tune(); });
  }

  turn(on) {
    this.sounds.turn(on);
    this.speech.isOn = on;
    if (!on) this.speech.stop();
  }

  #hear({ what, facts }) {
    if (facts.handset !== this.store.active) return;
    if (what === "Spoke" && this.store.speed !== null && this.store.speed <= FASTEST_SPOKEN && this.sounds.isAwake)
      this.speech.say(facts.text, languageOf(facts));
    if (["Silenced", "Ended"].includes(what)) this.speech.stop();
    if (what === "Sounded" && facts.sound === "(beep)") this.sounds.beep();
  }

  #tune() {
    const wanted = [];
    if ([...this.store.handsets.values()].some((view) => view.state === "ringing")) wanted.push("bell");
    const view = this.store.handsets.get(this.store.active);
    const hears = this.store.facts.get(this.store.active)?.hears;
    if (view && view.state !== "idle" && hears?.kind === "sound") wanted.push(loopOf(hears.sound));
    this.sounds.keep(wanted.filter(Boolean));
  }
}

function loopOf(sound) {
  if (sound === "(ringing)") return "ringback";
  if (sound === "(busy tone)") return "busy";
  return sound === "(hold music)" || sound.startsWith("(plays ") ? "music" : null;
}
