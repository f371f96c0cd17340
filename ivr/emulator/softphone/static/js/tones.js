// The sounds of a telephone, each made of two oscillators, as the network makes them.

const LOW = [697, 770, 852, 941];
const HIGH = [1209, 1336, 1477, 1633];
const KEYS = ["123A", "456B", "789C", "*0#D"];

export function keyFrequencies(key) {
  const row = KEYS.findIndex((keys) => keys.includes(key));
  return row < 0 ? null : [LOW[row], HIGH[KEYS[row].indexOf(key)]];
}

// Frequencies, gain, seconds on, seconds off; `off` missing: once. North American precise tones, and a softer bell.
export const TONES = {
  ringback: { hertz: [440, 480], gain: 0.05, on: 2, off: 4 },
  busy: { hertz: [480, 620], gain: 0.06, on: 0.5, off: 0.5 },
  beep: { hertz: [1000], gain: 0.1, on: 0.4 },
  bell: { hertz: [880, 1108.7], gain: 0.07, on: 0.9, off: 1.6, warble: true },
};

// One tone at a moment of the context's time; fading in and out keeps it from clicking.
export function sound(context, out, hertz, at, seconds, gain) {
  const volume = context.createGain();
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(gain, at + 0.01);
  volume.gain.setValueAtTime(gain, at + seconds - 0.02);
  volume.gain.linearRampToValueAtTime(0, at + seconds);
  volume.connect(out);
  for (const frequency of hertz) {
    const oscillator = context.createOscillator();
    oscillator.frequency.value = frequency;
    oscillator.connect(volume);
    oscillator.start(at);
    oscillator.stop(at + seconds);
  }
}
