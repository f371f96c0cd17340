// Everything audible but speech. Silent until the user has touched the page (browsers insist) and while sound is off.

import { keyFrequencies, sound, TONES } from "./tones.js";

const CHORDS = [[261.6, 329.6, 392, 493.9], [220, 261.6, 329.6, 392], [174.6, 261.6, 329.6, 440], [196, 246.9, 293.7, 392]];
const NOTE = 0.42;
const AHEAD = 1.2; // seconds scheduled in advance

export class Sounds {
  #context = null;
  #loops = new Map(); // name -> { gain, timer }
  #wanted = new Map();
  isOn = true;

  // On the first click or key.
  wake() {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume().then(() => this.#restart(), () => {});
    this.#restart();
  }

  get isAwake() {
    return this.#context !== null;
  }

  turn(on) {
    this.isOn = on;
    this.#restart();
  }

  key(key) {
    const hertz = keyFrequencies(key);
    if (this.#ready() && hertz) sound(this.#context, this.#context.destination, hertz, this.#context.currentTime, 0.16, 0.08);
  }

  beep() {
    const { hertz, gain, on } = TONES.beep;
    if (this.#ready()) sound(this.#context, this.#context.destination, hertz, this.#context.currentTime, on, gain);
  }

  // `wanted`: which of "bell", "ringback", "busy", "music" sound now.
  keep(wanted) {
    const names = new Set(wanted);
    for (const name of this.#wanted.keys()) if (!names.has(name)) this.#drop(name);
    for (const name of names) if (!this.#wanted.has(name)) this.#begin(name);
  }

  #ready() {
    return this.isOn && this.#context?.state === "running";
  }

  #restart() {
    const names = [...this.#wanted.keys()];
    for (const name of names) this.#drop(name);
    for (const name of names) this.#begin(name);
  }

  #begin(name) {
    this.#wanted.set(name, true);
    if (!this.#ready()) return;
    const out = this.#context.createGain();
    out.connect(this.#context.destination);
    const play = name === "music" ? this.#music(out) : this.#tone(TONES[name], out);
    play();
    this.#loops.set(name, { out, timer: setInterval(play, 200) });
  }

  #drop(name) {
    this.#wanted.delete(name);
    const loop = this.#loops.get(name);
    if (!loop) return;
    clearInterval(loop.timer);
    loop.out.gain.setTargetAtTime(0, this.#context.currentTime, 0.03);
    setTimeout(() => loop.out.disconnect(), 300);
    this.#loops.delete(name);
  }

  #tone({ hertz, gain, on, off, warble }, out) {
    let next = this.#context.currentTime;
    return () => {
      while (next < this.#context.currentTime + AHEAD) {
        if (warble) for (let part = 0; part < 6; part += 1) sound(this.#context, out, [hertz[part % 2]], next + part * 0.15, 0.15, gain);
        else sound(this.#context, out, hertz, next, on, gain);
        next += on + off;
      }
    };
  }

  #music(out) {
    let next = this.#context.currentTime;
    let note = 0;
    return () => {
      while (next < this.#context.currentTime + AHEAD) {
        const chord = CHORDS[Math.floor(note / 8) % CHORDS.length];
        sound(this.#context, out, [chord[[0, 1, 2, 3, 2, 1, 2, 1][note % 8]]], next, NOTE * 1.6, 0.03);
        next += NOTE;
        note += 1;
      }
    };
  }
}
